import {
  checkpointQuery,
  consistencyProofView,
  type ConsistencyProofView,
  consistencyQuery,
  inclusionProofView,
  type InclusionProofView,
  inclusionQuery,
  positionParameter,
  workspaceId,
} from '@casebook/contracts';
import {
  CheckpointRefused,
  Checkpoints,
  decodeTilePath,
  formatOfflineProof,
  Ledger,
  type Policy,
  type SignedCheckpoint,
  StoredTiles,
  TiledTree,
  tileWidth,
} from '@casebook/ledger';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { poolOf } from '@casebook/postgres';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { READING } from '../access/visibility.js';
import { Param, Query, UncheckedParam } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { Reads, Serves } from './documentation.js';

const immutable = 'private, max-age=31536000, immutable';

/** The witnesses asked to cosign, and how many of them are required; `null`: none. */
export const WITNESS_POLICY = Symbol('witness policy');

/** Data for auditors in the formats of C2SP tlog-checkpoint, tlog-tiles and tlog-proof, to check the ledger with independent tools. */
@ApiTags('transparency')
@Controller('v1/workspaces/:workspace/ledger')
export class TransparencyController {
  private readonly pool: Pool;
  /** Reads as the caller. */
  private readonly readers: Pool;

  constructor(
    @Inject(Checkpoints) private readonly checkpoints: Checkpoints,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DataSource) dataSource: DataSource,
    @Inject(READING) reading: DataSource,
    @Inject(WITNESS_POLICY) private readonly policy: Policy | null,
  ) {
    this.pool = poolOf(dataSource);
    this.readers = poolOf(reading);
  }

  @Get('checkpoint')
  @Needs('read')
  @Serves('text/plain', {
    summary: 'The signed checkpoint of the ledger',
    description:
      'Its number of events and their Merkle root, signed (C2SP tlog-checkpoint, signed-note, Ed25519), with the witness cosignatures received so far. `witnessed=true`: the latest checkpoint with enough of them for the service’s witness policy.',
    problems: ['not-found', 'unavailable'],
  })
  async checkpoint(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: checkpointQuery }) { witnessed }: z.infer<typeof checkpointQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { note } = await this.asked(workspace, witnessed);
    await reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(note);
  }

  @Get('verifier-key')
  @Needs('read')
  @Serves('text/plain', {
    summary: 'The verifier keys of the ledger’s checkpoints, one per line',
    description:
      'The current key first; then earlier keys, and any that also signs while the key is being rotated.',
  })
  async verifierKey(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const keys = await this.checkpoints.verifierKeys(workspace);
    await reply.type('text/plain; charset=utf-8').send(keys.map((key) => `${key}\n`).join(''));
  }

  @Get('tile/entries/*')
  @Needs('read')
  @ApiParam({ name: '*', description: 'N[.p/W], such as x001/234 or 002.p/17', schema: { type: 'string' } })
  @Serves('application/octet-stream', {
    summary: 'An entry bundle: the envelopes of up to 256 events',
    description:
      'N is the index in groups of three digits, each but the last prefixed with x, and .p/W is the width of a partial one (C2SP tlog-tiles). A bundle with events that the caller may not see is refused.',
    problems: ['not-found'],
  })
  async entries(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @UncheckedParam('*') path: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { index, width } = await this.address(workspace, 0, path);
    const entries = await new StoredTiles(this.readers, workspace).entries(index, width).catch((error) => {
      // The ledger has that many events, so some of them are hidden from this caller.
      throw error instanceof RangeError ? closed() : error;
    });
    await this.octets(reply, entries);
  }

  @Get('tile/:level/*')
  @Needs('read')
  @ApiParam({ name: '*', description: 'N[.p/W], such as x001/234 or 002.p/17', schema: { type: 'string' } })
  @Serves('application/octet-stream', {
    summary: 'A tile of the Merkle tree: up to 256 hashes of 32 bytes',
    description: 'Level 0 holds leaf hashes. N[.p/W] as for entries (C2SP tlog-tiles).',
    problems: ['not-found'],
  })
  async tile(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @UncheckedParam('level') level: string,
    @UncheckedParam('*') path: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!/^[0-7]$/.test(level)) throw noTile();
    const { index, width } = await this.address(workspace, Number(level), path);
    const hashes = await new StoredTiles(this.pool, workspace).tile({ level: Number(level), index, width });
    await this.octets(reply, hashes);
  }

  @Get('inclusion/:position')
  @Needs('read')
  @Reads(inclusionProofView, {
    summary: 'Proof that an event is in the ledger of a checkpoint',
    description:
      'The audit path of RFC 6962 (2.1.1), starting with the leaf’s sibling. Check it with the event’s envelope and the checkpoint in the answer.',
    problems: ['not-found'],
  })
  async inclusion(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('position', { schema: positionParameter }) position: number,
    @Query({ schema: inclusionQuery }) { size }: z.infer<typeof inclusionQuery>,
  ): Promise<InclusionProofView> {
    const checkpoint = await this.signed(workspace);
    const treeSize = size ?? checkpoint.size;
    if (treeSize > checkpoint.size || position > treeSize) throw beyond(checkpoint.size);
    const hashes = await this.tree(workspace, treeSize).inclusion(position - 1);
    const [event] = await this.ledger.readAll(workspace, { after: position - 1, limit: 1 });
    return {
      index: position - 1,
      size: treeSize,
      leafHash: event?.leafHash.toString('base64') ?? '',
      hashes: hashes.map((hash) => hash.toString('base64')),
      ...(treeSize === checkpoint.size && { checkpoint: checkpoint.note }),
    };
  }

  @Get('proof/:position')
  @Needs('read')
  @Serves('text/plain', {
    summary: 'The same as a file that can be checked without the service (.tlog-proof)',
    description:
      'C2SP tlog-proof; its extra line is the event’s envelope. npx casebook verify --offline checks it. `witnessed=true`: with the latest checkpoint that meets the service’s witness policy.',
    problems: ['not-found'],
  })
  async offline(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('position', { schema: positionParameter }) position: number,
    @Query({ schema: checkpointQuery }) { witnessed }: z.infer<typeof checkpointQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const checkpoint = await this.asked(workspace, witnessed);
    if (position > checkpoint.size) throw beyond(checkpoint.size);
    const hashes = await this.tree(workspace, checkpoint.size).inclusion(position - 1);
    const [envelope = null] = await new StoredTiles(this.readers, workspace)
      .envelopes(position - 1, 1)
      .catch((error) => {
        throw error instanceof RangeError ? closed() : error;
      });
    await reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${workspace}-${position}.tlog-proof"`)
      .send(
        formatOfflineProof({ extra: envelope, index: position - 1, hashes, checkpoint: checkpoint.note }),
      );
  }

  @Get('consistency')
  @Needs('read')
  @Reads(consistencyProofView, {
    summary: 'Proof that the ledger at one size extends the ledger at another',
    description:
      'The consistency proof of RFC 6962 (2.1.2) between the sizes `from` and `to`. It shows that nothing up to `from` was changed or removed.',
    problems: ['not-found'],
  })
  async consistency(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: consistencyQuery }) { from, to }: z.infer<typeof consistencyQuery>,
  ): Promise<ConsistencyProofView> {
    const checkpoint = await this.signed(workspace);
    const size = to ?? checkpoint.size;
    if (size > checkpoint.size || from > size) throw beyond(checkpoint.size);
    const hashes = await this.tree(workspace, size).consistency(from);
    return {
      from,
      to: size,
      hashes: hashes.map((hash) => hash.toString('base64')),
      checkpoint: checkpoint.note,
    };
  }

  private tree(workspace: string, size: number): TiledTree {
    return new TiledTree(size, new StoredTiles(this.pool, workspace));
  }

  private async asked(workspace: string, witnessed: 'true' | undefined): Promise<SignedCheckpoint> {
    if (witnessed === undefined) return this.signed(workspace);
    const found = this.policy && (await this.checkpoints.latestWitnessed(workspace, this.policy));
    if (found !== null) return found;
    throw new ProblemError(
      'not-found',
      this.policy === null
        ? 'This service has no witnesses. Leave witnessed out for the checkpoint that it signs itself.'
        : 'No checkpoint has cosignatures from enough witnesses yet. Try again later, or leave witnessed out.',
    );
  }

  private signed(workspace: string): Promise<SignedCheckpoint> {
    return signedCheckpoint(this.checkpoints, workspace);
  }

  /** A tile of the committed tree; a partial one only up to the current size (tlog-tiles). */
  private async address(
    workspace: string,
    level: number,
    path: string,
  ): Promise<{ index: number; width: number }> {
    const address = decodeTilePath(path);
    const head = await this.ledger.head(workspace);
    if (address === null || head === null || address.width > tileWidth(head.size, level, address.index))
      throw noTile();
    return address;
  }

  private async octets(reply: FastifyReply, bytes: Buffer): Promise<void> {
    await reply.type('application/octet-stream').header('cache-control', immutable).send(bytes);
  }
}

/** The latest checkpoint; a problem if there is none. */
export async function signedCheckpoint(
  checkpoints: Checkpoints,
  workspace: string,
): Promise<SignedCheckpoint> {
  try {
    const checkpoint = await checkpoints.latest(workspace);
    if (checkpoint === null) throw new ProblemError('not-found', 'There is no such workspace.');
    return checkpoint;
  } catch (error) {
    if (error instanceof CheckpointRefused) {
      throw new ProblemError(
        'unavailable',
        'This ledger is not being signed at the moment; the operator’s log says why. Earlier checkpoints stay valid.',
        {},
        {},
        { cause: error },
      );
    }
    throw error;
  }
}

const noTile = () =>
  new ProblemError(
    'not-found',
    'The ledger has no such tile. Take the size from the checkpoint and derive the path as C2SP tlog-tiles says.',
  );
const closed = () =>
  new ProblemError(
    'not-permitted',
    'This contains events that you may not see. Inclusion and consistency can be proved without them; reading them takes permission to oversee and clearance for every document.',
  );
const beyond = (size: number) =>
  new ProblemError('not-found', `The ledger has ${size} events; no position or size goes beyond that.`);
