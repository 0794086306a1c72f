import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../components/button';
import { copyText } from '../components/clipboard';
import styles from './error-boundary.module.css';

interface Props {
  /** What is inside, as the person knows it: "The schema browser". */
  readonly name: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly componentStack: string;
  readonly copied: boolean;
}

/**
 * Catches a defect in what it holds and offers a way on, so that one broken pane does not take the
 * others with it. Editor texts are stored by main as they are typed: nothing is lost by a reload.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, componentStack: '', copied: false };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ componentStack: info.componentStack ?? '' });
  }

  readonly copyDetails = (): void => {
    const { error, componentStack } = this.state;
    const details = [error?.stack ?? error?.message, componentStack, navigator.userAgent];
    this.setState({ copied: copyText(details.join('\n')) });
  };

  override render(): ReactNode {
    const { error, copied } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles['view']} role="alert">
        <div className={styles['box']}>
          <h2 className={styles['title']}>{this.props.name} stopped because of a defect</h2>
          <p className={styles['text']}>
            The texts in the editor are saved, and open connections stay open. Try again, or reload
            the window.
          </p>
          <pre className={styles['message']}>{error.message}</pre>
          <div className={styles['actions']}>
            <Button variant="primary" onClick={() => this.setState({ error: null, copied: false })}>
              Try again
            </Button>
            <Button onClick={() => location.reload()}>Reload the window</Button>
            <Button onClick={this.copyDetails}>{copied ? 'Copied' : 'Copy details'}</Button>
          </div>
        </div>
      </div>
    );
  }
}
