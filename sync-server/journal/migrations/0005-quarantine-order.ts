/** What one device brought and was refused is read in the order in which it was refused. Both databases. */
export const quarantineOrder = `
CREATE INDEX refused_by_sender ON refused (ws, sent_by, at);
`;
