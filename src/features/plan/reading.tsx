import { createContext, useContext } from 'react';
import { Link } from 'wouter';
import type { PlanSection } from '../../domain/plan/plan-item.ts';
import type { Plan } from '../../domain/plan/plan.ts';

/** What every part of the document needs to know of the whole. */
export type Reading = {
  readonly plan: Plan;
  /** `?version=…` where another version than the usual one is read; goes with every link inside the document. */
  readonly search: string;
  /** Everything unfolded, for paper. */
  readonly whole: boolean;
  /** A coordinator reads the version that the draft begins from. */
  readonly mayEdit: boolean;
  /** Level of an item's title, one below that of its chapter. */
  readonly itemHeading: 'h2' | 'h3';
};

const ReadingContext = createContext<Reading | null>(null);

export const ReadingProvider = ReadingContext.Provider;

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (reading === null) throw new Error('useReading outside of ReadingProvider');
  return reading;
}

/** Goes to an item of the document; on paper it is its words alone. */
export function ItemLink({
  section,
  id,
  children,
}: {
  readonly section: PlanSection;
  readonly id: string;
  readonly children: React.ReactNode;
}) {
  const { search } = useReading();
  return <Link href={placeOf(section, id, search)}>{children}</Link>;
}

export function placeOf(section: string, id: string | null, search: string): string {
  return `/plan/${section}${id === null ? '' : `/${id}`}${search}`;
}

/** Where an item stands on the page. */
export function anchorOf(section: PlanSection, id: string): string {
  return `${section}-${id}`;
}
