import { useState } from 'react';
import { useMe, useSession, useWriting } from '../../data/session.js';
import { useWorkspaces } from '../../data/workspaces.js';
import { Page } from '../../frame/page.js';
import { Button } from '../../parts/button.js';
import { strings } from '../../strings/home.js';
import { strings as tour } from '../../strings/tour.js';
import { DropZone } from '../import/drop-zone.js';
import { ImportDialog } from '../import/import-dialog.js';
import { DocumentList } from './document-list.js';
import css from './home.module.css';
import { IncidentList } from './incident-list.js';
import { OpenIncidentDialog } from './open-incident-dialog.js';
import { Drafts, Mentions, MyDisputes } from './yours.js';

/** The start page: drafts, changes by others, and tasks. */
export function HomePage() {
  const { workspace } = useMe();
  const { moveTo } = useSession();
  const others = (useWorkspaces().data ?? []).filter(({ id }) => id !== workspace);
  const writing = useWriting();
  const [opening, setOpening] = useState(false);
  const [importing, setImporting] = useState<readonly File[]>();
  return (
    <Page
      title={strings.title}
      above={
        <>
          {workspace}
          {others.map(({ id }) => (
            <Button key={id} look="quiet" onClick={() => void moveTo(id)}>
              {tour.goTo(id)}
            </Button>
          ))}
        </>
      }
      actions={
        writing && (
          <div className={css['actions']}>
            <Button look="primary" onClick={() => setOpening(true)}>
              {strings.open}
            </Button>
            <Button onClick={() => setImporting([])}>{strings.import}</Button>
          </div>
        )
      }
    >
      <div className={css['columns']}>
        <div className={css['main']}>
          <IncidentList />
          <DocumentList />
        </div>
        <div className={css['side']}>
          <Drafts />
          <MyDisputes />
          <Mentions />
        </div>
      </div>
      {writing && <DropZone onFiles={setImporting} />}
      {opening && <OpenIncidentDialog onClose={() => setOpening(false)} />}
      {importing !== undefined && <ImportDialog files={importing} onClose={() => setImporting(undefined)} />}
    </Page>
  );
}
