import { Fragment } from 'react';
import { useLocation } from 'wouter';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import { DraftTitle } from './draft-title.tsx';
import type { ItemForm } from './item-form.ts';
import type { DraftView } from '../../parts/use-draft.ts';

/** What every form of an item has: its title, what went on meanwhile, its fields, and Save. */
export function FormFrame<Item extends PlanItem>({
  view,
  form,
  title,
  back,
  shows,
  remove,
  children,
}: {
  readonly view: DraftView;
  readonly form: ItemForm<Item>;
  readonly title: React.ReactNode;
  readonly back: { readonly href: string; readonly words: string };
  /** The fields that this form has; faults of others are said at its end. */
  readonly shows: readonly string[];
  readonly remove?: { readonly words: string; readonly onPress: () => void };
  readonly children: React.ReactNode;
}) {
  const [, goTo] = useLocation();
  const { section, id } = form.value;
  const record = view.edited(section, id);
  if (record?.readOnly === true) return <WrittenByNewer title={title} back={back} />;
  const others = form.otherFaults(shows);
  return (
    <Stack>
      <DraftTitle back={back}>{title}</DraftTitle>
      {form.overtaken === null ? null : (
        <Overtaken removed={form.overtaken.item === null} onTake={form.overtaken.take} />
      )}
      {form.beginAnew === null ? null : <NotSavedYet onThrowAway={form.beginAnew} />}
      <div ref={form.place}>
        <Form
          onSubmit={() => {
            void form.save().then((saved) => {
              if (saved) goTo(back.href);
            });
          }}
        >
          <Fragment key={form.round}>{children}</Fragment>
          {others.length === 0 ? null : (
            <Banner tone="late" title="It can’t be saved like this.">
              {others.join(' ')}
            </Banner>
          )}
          <ActionRow broad>
            <Button kind="primary" type="submit" disabled={form.busy}>
              Save in the draft
            </Button>
            <Button
              onClick={() => {
                form.forget();
                goTo(back.href);
              }}
            >
              Cancel
            </Button>
          </ActionRow>
          {remove === undefined ? null : (
            <Button kind="danger" onClick={remove.onPress}>
              {remove.words}
            </Button>
          )}
        </Form>
      </div>
    </Stack>
  );
}

function WrittenByNewer({
  title,
  back,
}: {
  readonly title: React.ReactNode;
  readonly back: { readonly href: string; readonly words: string };
}) {
  return (
    <Stack>
      <DraftTitle back={back}>{title}</DraftTitle>
      <Banner tone="late" icon="warning" title="A newer Holdfast wrote this.">
        It can be read here and not changed. Update the app, then change it.
      </Banner>
    </Stack>
  );
}

function NotSavedYet({ onThrowAway }: { readonly onThrowAway: () => void }) {
  return (
    <Banner
      tone="late"
      icon="warning"
      title="What you typed here before is not saved yet."
      action={
        <Button fit onClick={onThrowAway}>
          Throw it away
        </Button>
      }
    >
      Save it in the draft, or throw it away and begin from what the draft has.
    </Banner>
  );
}

function Overtaken({ removed, onTake }: { readonly removed: boolean; readonly onTake: () => void }) {
  if (removed) {
    return (
      <Banner tone="late" icon="warning" title="Somebody removed this while you were writing.">
        Saving brings it back as you have it here.
      </Banner>
    );
  }
  return (
    <Banner
      tone="late"
      icon="warning"
      title="Somebody else changed this while you were writing."
      action={
        <Button fit onClick={onTake}>
          Show theirs
        </Button>
      }
    >
      Saving replaces theirs by what stands here.
    </Banner>
  );
}
