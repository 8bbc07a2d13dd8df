import { lazy, Suspense, type ComponentType } from 'react';

/**
 * A component whose code loads when it is first shown. Everything is precached, so this never waits for a network; it only keeps
 * the first opening light.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Later(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
