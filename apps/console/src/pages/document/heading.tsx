import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import type { Document, Incident } from '../../data/types.js';
import { Chip } from '../../parts/chip.js';
import { strings } from '../../strings/document.js';
import { words } from '../../strings/vocabulary.js';
import css from './document.module.css';

interface HeadingProps {
  readonly document: Document;
  readonly incident: Incident;
}

/** The title and publisher of the document. */
export function Heading({ document, incident }: HeadingProps) {
  const { to } = useAddress();
  const { publisher, published, upstream, reliability, tlp } = document;
  return (
    <header className={css['head']}>
      <p className={css['above']}>
        <Link href={to(pathTo.incident(incident.id))} dir="auto">
          {incident.title}
        </Link>
      </p>
      <h1 dir="auto">{document.title ?? strings.untitled}</h1>
      <p className={css['source']}>
        {publisher !== undefined && <span dir="auto">{publisher}</span>}
        {published !== undefined && <span>{strings.published(published)}</span>}
        {upstream !== undefined && <span dir="auto">{strings.upstream(upstream)}</span>}
        {reliability !== undefined && (
          <Chip>{strings.reliability(reliability, words.reliability[reliability])}</Chip>
        )}
        {tlp !== undefined && <Chip>TLP:{tlp.toUpperCase()}</Chip>}
      </p>
    </header>
  );
}
