import type { TreeCall } from '../../domain/communication/call-tree.ts';
import { contactWords } from '../../domain/communication/contact-words.ts';
import type { ContactResultWord } from '../../domain/communication/contact-test.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { instant } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { useToast } from '../../ui/toasts.tsx';
import { calleeName } from '../../parts/callee-ways.ts';
import type { PeopleView } from './people-page.tsx';
import type { ContactTests } from './use-contact-tests.ts';

/** Puts down what came of one call, by which means; undone for ten seconds. */
export type RecordCall = (call: TreeCall, result: ContactResultWord, means: string | null) => Promise<boolean>;

export function useRecordCall(view: PeopleView, tests: ContactTests, test: string): RecordCall {
  const { clock, sync } = usePorts();
  const write = useWrite();
  const toast = useToast();
  return async ({ callee }, result, means) => {
    const key = recordKey(test, callee.id);
    const shown = tests.seen(key);
    const before = shown?.value ?? null;
    const value = {
      result,
      at: instant(believedNow(clock, sync)),
      by: view.me.person,
      means,
      note: before?.note ?? null,
    };
    const saved = await write([{ kind: 'contact-result', key, value, shown }]);
    const change = saved?.[0]?.change;
    if (change === undefined) return false;
    const undo = () => void write([{ kind: 'contact-result', key, value: before, shown: { change, stamp: null } }]);
    toast({ words: `${calleeName(view, callee)}: ${contactWords[result]}`, action: { label: 'Undo', onPress: undo } });
    return true;
  };
}
