/** When a coordinator last let a device in again that was silent for long (docs/protocol-additions.md). Both databases. */
export const approvals = `
ALTER TABLE devices ADD COLUMN approved_at TEXT;
`;
