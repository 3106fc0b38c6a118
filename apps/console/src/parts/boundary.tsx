import { Component, type ReactNode } from 'react';
import { strings } from '../strings/frame.js';
import { Button } from './button.js';
import css from './parts.module.css';

interface BoundaryProps {
  /** The address that is shown: another one is tried afresh. */
  readonly path: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failed: boolean;
  /** The address that `failed` is of. */
  readonly path: string;
}

/** Shows what to do where a page cannot be shown: its script did not load, or it threw. What stands around the page goes on. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false, path: this.props.path };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ path }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return path === state.path ? null : { failed: false, path };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={css['failure']} role="alert">
        <p>{strings.pageFailed}</p>
        <Button onClick={() => window.location.reload()}>{strings.reload}</Button>
      </div>
    );
  }
}
