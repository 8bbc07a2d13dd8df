import { Stack } from './stack.tsx';

/** Fields and their button; Enter submits. Faults are said beside the field, in the app's own words. */
export function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: React.ReactNode }) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack>{children}</Stack>
    </form>
  );
}
