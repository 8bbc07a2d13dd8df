import { createContext, useContext } from 'react';

/** Goes over between this device's own work and looking around; each has a database of its own. */
export type Lives = {
  readonly lookAround: () => Promise<void>;
  readonly leaveLookAround: () => Promise<void>;
};

const LivesContext = createContext<Lives>({
  lookAround: () => Promise.resolve(),
  leaveLookAround: () => Promise.resolve(),
});

export const LivesProvider = LivesContext.Provider;

export function useLives(): Lives {
  return useContext(LivesContext);
}
