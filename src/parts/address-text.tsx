import { Fragment } from 'react';
import { keyed } from './keyed.ts';

/** A number or an address as text. An address breaks behind its signs, not within a word; a number keeps its own blanks only. */
export function AddressText({ children }: { readonly children: string }) {
  const parts = /\p{L}/u.test(children) ? (children.match(/[^@./#?&=]*[@./#?&=]+|[^@./#?&=]+/g) ?? []) : [children];
  return keyed(parts, (part) => part).map(({ key, member, place }) => (
    <Fragment key={key}>
      {place === 0 ? null : <wbr />}
      {member}
    </Fragment>
  ));
}
