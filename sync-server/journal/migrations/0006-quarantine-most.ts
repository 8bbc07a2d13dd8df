/**
 * How many refused changes of a device are counted only, and in which order those go that use up neither an id nor a counter and set no
 * time. Both databases.
 */
export const quarantineMost = `
ALTER TABLE devices ADD COLUMN quarantine_dropped INTEGER NOT NULL DEFAULT 0;
CREATE INDEX refused_without_use ON refused (ws, sent_by, at) WHERE owns_id = 0 AND owns_n = 0 AND stamp IS NULL;
`;
