import type { IncidentProof } from '@casebook/contracts';
import { headOf, type TableShape } from '@casebook/ledger';
import { orderedRowsOf, viewProgress } from '@casebook/projections';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { revisionsView } from '../past/revisions-view.js';
import { searchView } from '../search/search-view.js';
import { streams } from '../streams.js';
import { incidentsView } from './incidents-view.js';

/** Proves the views of one incident: a hash of its rows in each view, with the ledger's root. */
export class IncidentProofs {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The hashes of the incident's rows, from one snapshot with the ledger's root; `null` if the incident does
   * not exist.
   */
  async incidentProof(workspaceId: string, incidentId: string): Promise<IncidentProof | null> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      await runner.startTransaction('REPEATABLE READ');
      try {
        const head = await headOf(client, workspaceId);
        if (head === null) return null;
        const progress = await viewProgress(client, workspaceId);
        const views: IncidentProof['views'] = [];
        for (const view of [incidentsView, revisionsView, searchView]) {
          const { name, version } = view;
          const position = progress.find((each) => each.view === name && each.version === version)?.position;
          if (position === undefined) continue;
          const { rows, checksum } = await orderedRowsOf(client, view, workspaceId, (shape) =>
            aboutIncident(shape, incidentId),
          );
          if (view === incidentsView && rows === 0) return null;
          views.push({ view: name, version, position, rows, checksum });
        }
        return { incidentId, size: head.size, root: head.root.toString('base64'), views };
      } finally {
        await runner.rollbackTransaction();
      }
    } finally {
      await runner.release();
    }
  }
}

/** The column that identifies the incident of a row, and its value. */
function aboutIncident({ columns }: TableShape, incidentId: string): { column: string; value: string } {
  const has = (column: string): boolean => columns.some(({ name }) => name === column);
  if (has('stream_id')) return { column: 'stream_id', value: streams.incident(incidentId) };
  return { column: has('incident_id') ? 'incident_id' : 'id', value: incidentId };
}
