import { Banner } from '../ui/banner.tsx';

/** Tells once for all of them that records are left out which this app can't read. */
export function UnreadableNotice({ count }: { readonly count: number }) {
  return (
    <Banner
      tone="late"
      icon="warning"
      title={count === 1 ? '1 record needs a newer app.' : `${count} records need a newer app.`}
    >
      Kept, and left out here until the app is updated.
    </Banner>
  );
}
