import { classNames } from '../../ui/class-names.ts';
import { paragraphs, type Block } from './paper-document.ts';
import styles from './text-blocks.module.css';

/** Longer paragraphs are cut, or pages would end half empty above them. */
export const paragraphLength = 800;

/** A title of a part of a document; stands with what follows. */
export function sectionTitle(key: string, words: string): Block {
  return { key, content: <h3 className={styles.section}>{words}</h3>, withNext: true };
}

/** A title inside a part. */
export function smallTitle(key: string, words: React.ReactNode): Block {
  return { key, content: <h4 className={styles.smallTitle}>{words}</h4>, withNext: true };
}

/** A long text under a label, in paragraphs. */
export function textBlocks(key: string, label: string, text: string): readonly Block[] {
  return paragraphs(text, paragraphLength).map((part, place) => ({
    key: `${key} ${place}`,
    content: (
      <p className={styles.text}>
        {place === 0 ? <strong>{label}: </strong> : null}
        {part}
      </p>
    ),
  }));
}

/** Points of a list, each a block. */
export function listBlocks(key: string, lines: readonly string[]): readonly Block[] {
  return lines.map((line, place) => ({
    key: `${key} ${place}`,
    content: <p className={classNames(styles.text, styles.point)}>{line}</p>,
  }));
}

/** A part with its title, or nothing where it is empty. */
export function section(key: string, words: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [sectionTitle(key, words), ...blocks];
}
