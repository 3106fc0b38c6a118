import type { ReportProof } from '@casebook/exchange';
import { ExportRefused } from '@casebook/exchange';
import {
  Checkpoints,
  type SignedCheckpoint,
  StoredTiles,
  TiledTree,
  type TileAddress,
  type TileSource,
} from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import type { IncidentSource } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { READING } from '../access/visibility.js';
import { signedCheckpoint } from '../routes/transparency.controller.js';

/** Maximum events proved by one report. Each takes about a kilobyte. */
const MOST_EVENTS = 10_000;
/** Events read at once. */
const PAGE = 500;

/** Proves that a report's events are those of the signed ledger. */
@Injectable()
export class ReportProofs {
  private readonly pool: Pool;
  /** Reads as the caller. */
  private readonly readers: Pool;

  constructor(
    @Inject(Checkpoints) private readonly checkpoints: Checkpoints,
    @Inject(DataSource) dataSource: DataSource,
    @Inject(READING) reading: DataSource,
  ) {
    this.pool = poolOf(dataSource);
    this.readers = poolOf(reading);
  }

  /**
   * The first checkpoint that includes this position, so that a report as of that position is always the same; signed now if there is none yet.
   * @throws ProblemError unavailable, if the ledger cannot be signed
   */
  async checkpointAt(workspaceId: string, position: number): Promise<SignedCheckpoint> {
    const known = await this.checkpoints.including(workspaceId, position);
    return known ?? (await signedCheckpoint(this.checkpoints, workspaceId));
  }

  /** @throws ExportRefused too-costly */
  async proof(source: IncidentSource, checkpoint: SignedCheckpoint): Promise<ReportProof> {
    const { workspaceId, header, position } = source;
    const positions: number[] = [];
    for await (const event of source.events()) {
      positions.push(event.position);
      if (positions.length > MOST_EVENTS) {
        throw new ExportRefused(
          'too-costly',
          `The incident has more than ${MOST_EVENTS} events, the most that a report can prove. Export it as csv, xlsx or prov, or as of an earlier position.`,
        );
      }
    }
    const tree = new TiledTree(checkpoint.size, new KeptTiles(new StoredTiles(this.pool, workspaceId)));
    const tiles = new StoredTiles(this.readers, workspaceId);
    const places = new Map<string, number>();
    const events: ReportProof['events'] = [];
    for (let at = 0; at < positions.length; at += PAGE) {
      const page = positions.slice(at, at + PAGE);
      for (const [index, envelope] of (await tiles.envelopesAt(page)).entries()) {
        const path = await tree.inclusion(page[index]! - 1);
        events.push({
          envelope: envelope.toString('utf8'),
          path: path.map((hash) => placeOf(hash.toString('base64'), places)),
        });
      }
    }
    return {
      format: 'casebook-report-proof/1',
      incidentId: header.id,
      position,
      checkpoint: checkpoint.note,
      verifierKeys: await this.checkpoints.verifierKeys(workspaceId),
      hashes: [...places.keys()],
      events,
    };
  }
}

function placeOf(hash: string, places: Map<string, number>): number {
  const known = places.get(hash);
  if (known !== undefined) return known;
  places.set(hash, places.size);
  return places.size - 1;
}

/** Caches the tiles read for a proof: the paths of neighbours share most of them. */
class KeptTiles implements TileSource {
  private readonly known = new Map<string, Buffer>();

  constructor(private readonly source: TileSource) {}

  async tile(address: TileAddress): Promise<Buffer> {
    const { level, index, width } = address;
    const name = `${level}/${index}/${width}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const tile = await this.source.tile(address);
    if (this.known.size === MOST_TILES) this.known.clear();
    this.known.set(name, tile);
    return tile;
  }
}

/** 8 KiB each. */
const MOST_TILES = 500;
