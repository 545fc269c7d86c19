import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '@backstage/ui';
import css from './PanelBoundary.module.css';

interface Props {
  /** What is drawn: other data are tried again. */
  drawn: unknown;
  children: ReactNode;
}

interface State {
  error?: Error;
  drawn: unknown;
}

/** A panel that fails at drawing leaves the others alone. */
export class PanelBoundary extends Component<Props, State> {
  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> {
    return props.drawn === state.drawn
      ? {}
      : { drawn: props.drawn, error: undefined };
  }

  state: State = { drawn: this.props.drawn };

  componentDidCatch(error: Error, info: ErrorInfo) {
    // eslint-disable-next-line no-console -- the page goes on; whoever looks into it finds where it was
    console.error('A panel could not be drawn', error, info.componentStack);
  }

  render() {
    const { error } = this.state;
    return error ? (
      <div role="alert" className={css.failed}>
        <p>This panel could not be drawn: {error.message}</p>
        <Button
          size="small"
          variant="secondary"
          onPress={() => this.setState({ error: undefined })}
        >
          Retry
        </Button>
      </div>
    ) : (
      this.props.children
    );
  }
}
