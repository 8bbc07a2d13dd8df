import { Banner } from '../ui/banner.tsx';

/** Tells once for all of them that records are left out which this app can't read. */
export function UnreadableNotice({ count }: { readonly count: number }) {
  return (
    <Banner
      tone="late"
      icon="warning"
      title={count === 1 ? '1 record needs a newer app.' : `${count} records need a newer app.`}
    >
      This app can’t read {count === 1 ? 'it and leaves it out here. It is' : 'them and leaves them out here. They are'}{' '}
      kept as received, and shown once the app is updated.
    </Banner>
  );
}
