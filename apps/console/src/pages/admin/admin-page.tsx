import { Page } from '../../frame/page.js';
import { strings } from '../../strings/admin.js';

export function AdminPage(_: { readonly tab: string | undefined }) {
  return <Page title={strings.title}>{null}</Page>;
}
