import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServerFault } from '../domain/ports/server-api.ts';
import type { Result } from '../domain/result.ts';

/** Remembers what only the server knows, for the screens below. Part of no first load (docs/decisions/0004). */
export function ServerMemory({ children }: { readonly children: React.ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** `navigator.onLine` lies, so every question is really asked; a person who is offline is told at once, without retries. */
function newClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { networkMode: 'always', retry: false } } });
}

export type Answer<T> = {
  /** The last that the server said; it stays when a later question gets no answer. */
  readonly known: T | undefined;
  readonly fault: ServerFault | null;
  readonly asking: boolean;
  readonly askAgain: () => void;
};

/** What the server says to a question, asked when the screen opens and whenever it comes to the foreground. */
export function useServerAnswer<T>(name: string, ask: () => Promise<Result<T, ServerFault>>): Answer<T> {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [name],
    queryFn: async () => {
      const answer = await ask();
      if (!answer.ok) throw new NoAnswer(answer.error);
      return answer.value;
    },
  });
  return {
    known: data,
    fault: error instanceof NoAnswer ? error.fault : null,
    asking: isFetching,
    askAgain: () => void refetch(),
  };
}

/** The query library takes failures as throws only. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly fault: ServerFault;

  constructor(fault: ServerFault) {
    super(fault.tag);
    this.fault = fault;
  }
}
