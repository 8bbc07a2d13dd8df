import { Component, type ErrorInfo } from 'react';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { BareScreen } from './bare-screen.tsx';
import styles from './error-boundary.module.css';

type State = { readonly error: Error | null };

/** A bug must not take the plan away: says that what was saved is kept, and offers to open again. */
export class ErrorBoundary extends Component<{ readonly children: React.ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <BareScreen>
        <Page title="The app stumbled.">
          <p>Everything that was saved is still on this device. What you were typing may have to be typed again.</p>
          <Button kind="primary" onClick={() => window.location.assign('/now')}>
            Open again
          </Button>
          <details>
            <summary>What to tell whoever looks after this app</summary>
            <pre className={styles.trace}>{error.stack ?? error.message}</pre>
          </details>
        </Page>
      </BareScreen>
    );
  }
}
