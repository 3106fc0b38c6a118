import { Page } from '../../frame/page.js';
import { strings } from '../../strings/search.js';

export function SearchPage() {
  return <Page title={strings.title}>{null}</Page>;
}
