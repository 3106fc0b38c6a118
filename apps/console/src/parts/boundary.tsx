import { Component, type ReactNode } from 'react';
import { strings } from '../strings/frame.js';
import { Button } from './button.js';
import css from './parts.module.css';

interface BoundaryProps {
  /** The current address: a new one is tried again. */
  readonly path: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failed: boolean;
  /** The address of `failed`. */
  readonly path: string;
}

/** Shows what to do if a page cannot be shown because its script did not load or it threw. The frame keeps working. */
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
