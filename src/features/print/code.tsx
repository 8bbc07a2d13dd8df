import { Fragment } from 'react';
import type { CardDependency } from '../../domain/card/card-task.ts';
import type { Cell } from './table.tsx';
import styles from './table.module.css';

/** What is said over a radio, `IT-03`: in one piece wherever its line breaks, unless it alone is wider than its column. */
export function Code({ children }: { readonly children: React.ReactNode }) {
  return <span className={styles.code}>{children}</span>;
}

/** `IT-03, IT-04 (Security Officer)` as a part of a cell, or as several of at most so many characters. */
export function codeParts(label: string, codes: readonly CardDependency[], longest: number, look?: string): Cell {
  return shared(codes, longest).map((some, place) => (
    <p key={some[0]?.code} className={look}>
      {place === 0 ? label : ''}
      {some.map(({ code, owner }, at) => (
        <Fragment key={code}>
          {at === 0 ? '' : ', '}
          <Code>{code}</Code>
          {owner === null ? '' : ` (${owner})`}
        </Fragment>
      ))}
    </p>
  ));
}

function shared(codes: readonly CardDependency[], longest: number): readonly (readonly CardDependency[])[] {
  const parts: CardDependency[][] = [];
  let used = 0;
  for (const each of codes) {
    const length = each.code.length + (each.owner?.length ?? 0);
    if (parts.length === 0 || used + length > longest) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(each);
    used += length;
  }
  return parts;
}
