/** Who made a code, by which device, and which device a clone was: what was made with a lost phone goes with it. Both databases. */
export const origins = `
ALTER TABLE codes ADD COLUMN by_person TEXT;
ALTER TABLE codes ADD COLUMN by_device TEXT;
ALTER TABLE devices ADD COLUMN cloned_from TEXT;
`;
