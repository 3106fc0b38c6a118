import { Page } from '../../frame/page.js';
import { strings } from '../../strings/compare.js';

export function ComparePage() {
  return <Page title={strings.title}>{null}</Page>;
}
