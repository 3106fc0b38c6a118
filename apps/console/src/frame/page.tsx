import { type ReactNode, useEffect } from 'react';
import { strings } from '../strings/frame.js';
import css from './frame.module.css';

interface PageProps {
  readonly title: string;
  /** A line above the title that says where this is. */
  readonly above?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading, which is also the title of the browser's tab. */
export function Page({ title, above, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className={css['page']}>
      <header className={css['head']}>
        <div>
          {above !== undefined && <p className={css['above']}>{above}</p>}
          <h1 dir="auto">{title}</h1>
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? strings.product : `${title} · ${strings.product}`;
  }, [title]);
}
