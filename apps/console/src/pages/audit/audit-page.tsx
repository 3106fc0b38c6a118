import { Page } from '../../frame/page.js';
import { strings } from '../../strings/audit.js';

export function AuditPage() {
  return <Page title={strings.title}>{null}</Page>;
}
