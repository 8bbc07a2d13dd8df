import { createContext, useContext } from 'react';

const SettledContext = createContext(true);

/** Says below it whether the first screen stands and the page has a moment to spare. */
export const SettledProvider = SettledContext.Provider;

/** False while a slow phone is still busy with what a person came for: what stands below or beside that waits. */
export function useSettled(): boolean {
  return useContext(SettledContext);
}
