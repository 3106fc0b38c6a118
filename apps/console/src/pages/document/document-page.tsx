import { useDocument, useDocumentText } from '../../data/queries.js';
import { Page } from '../../frame/page.js';
import { Loaded } from '../../parts/states.js';
import { strings } from '../../strings/document.js';

interface DocumentPageProps {
  readonly incident: string;
  readonly document: string;
}

export function DocumentPage({ document }: DocumentPageProps) {
  const { data } = useDocument(document);
  return (
    <Page title={data?.title ?? strings.untitled}>
      <Loaded query={useDocumentText(document)}>{(text) => <p dir="auto">{text}</p>}</Loaded>
    </Page>
  );
}
