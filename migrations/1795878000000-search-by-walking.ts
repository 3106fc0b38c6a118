import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search for the beginning of a word that many rows have goes through the newest rows and not by the index, which gathers all that have any of its
 * words before it can leave anything out: of 1,000,000 annotations that took PostgreSQL 85 ms, and ten times as many would take ten times as long.
 */
export class SearchByWalking1795878000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${FIND}${BY_WALKING}`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${FIND}${BEFORE}`);
  }
}

const FIND = `
  CREATE OR REPLACE FUNCTION search_v1.find(loose tsquery, strict tsquery, as_of bigint, above bigint, below bigint, wanted integer,
    OUT positions bigint[], OUT reached bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
    SET plan_cache_mode = force_generic_plan AS $$`;

const BY_WALKING = `
  DECLARE
    asked CONSTANT text := coalesce(current_setting('casebook.workspace', true), '');
    hidden CONSTANT text[] := ARRAY(SELECT h.stream_id FROM access.hidden_streams h);
    budget integer := 2000;
    walked bigint := 0;
    stored bigint;
    start CONSTANT bigint := least(below, as_of);
    seen bigint := 0;
    sought integer;
    bits integer;
    many bigint;
    low bigint;
    query tsquery;
    looked bigint[];
    matching bigint[];
  BEGIN
    positions := '{}';
    reached := CASE WHEN asked = '' THEN above ELSE start END;
    -- A beginning stands for all of its words, and the index gathers whatever has any of them: 0.15 µs for each of that part of all rows. Where the
    -- newest rows show that so many have it that to go through rows is less work, they are gone through: 2 µs a row, for 1,000 of that part.
    IF strict IS NULL AND loose::text LIKE '%:*%' AND asked <> '' THEN
      stored := (SELECT max(e.position) FROM search_v1.entries e WHERE e.workspace_id = asked);
      WHILE reached > above AND cardinality(positions) < wanted
          AND (walked = 0 OR (cardinality(positions)::float8 / walked) ^ 2 * stored > 20000) LOOP
        SELECT count(*), min(w.position), array_agg(DISTINCT w.position ORDER BY w.position DESC) FILTER (WHERE w.found)
        INTO many, low, looked
        FROM (SELECT e.position, (e.until IS NULL OR e.until > as_of) AND e.stream_id NOT IN (SELECT unnest(hidden)) AND e.terms @@ loose AS found
              FROM search_v1.entries e WHERE e.workspace_id = asked AND e.position <= reached AND e.position > above
              ORDER BY e.position DESC LIMIT 256) w;
        -- The passages of a text have one position: those of the last may be cut off, so that one is left for the next time.
        IF many < 256 THEN
          low := above;
        END IF;
        EXIT WHEN low = reached;
        matching := ARRAY(SELECT p FROM unnest(looked) p WHERE p > low ORDER BY p DESC LIMIT wanted - cardinality(positions));
        positions := positions || matching;
        walked := walked + many;
        reached := CASE WHEN cardinality(positions) >= wanted THEN positions[wanted] - 1 ELSE low END;
      END LOOP;
    END IF;
    WHILE reached > above AND cardinality(positions) < wanted AND budget > 0 LOOP
      sought := CASE WHEN strict IS NULL THEN wanted - cardinality(positions) ELSE budget END;
      -- The stretches of the ledger that are next: short ones first, and as many as should have what is sought, going by those before.
      bits := CASE
        WHEN (reached + 1) % 131072 = 0 AND start - reached >= 131072 THEN 17
        WHEN (reached + 1) % 16384 = 0 AND start - reached >= 16384 THEN 14
        ELSE 11
      END;
      -- Words by their beginning are gathered anew for each query, so those come with as few queries as can be.
      many := CASE WHEN loose::text LIKE '%:*%' THEN 8
                   ELSE least(8, greatest(1, sought * (start - reached) / greatest(seen, 1) >> bits)) END;
      low := greatest((reached >> bits) - many + 1, reached >> bits + 3 << 3) << bits;
      query := (SELECT string_agg(quote_literal(format('=%s %s %s', bits, asked, n)), '|')
                FROM generate_series(low >> bits, reached >> bits) n)::tsquery;
      IF loose IS NOT NULL THEN
        query := loose && query;
      END IF;
      -- Nothing but the terms is to be looked up, whatever the statistics say, so the position is an expression.
      looked := ARRAY(
        SELECT DISTINCT e.position FROM search_v1.entries e
        WHERE e.terms @@ query AND e.position + 0 <= reached AND e.position + 0 > above
          AND (e.until IS NULL OR e.until > as_of) AND e.stream_id NOT IN (SELECT unnest(hidden))
        ORDER BY e.position DESC LIMIT sought);
      seen := seen + cardinality(looked);
      IF strict IS NULL THEN
        matching := looked;
      ELSE
        matching := ARRAY(
          SELECT DISTINCT e.position FROM unnest(looked) AS l (position)
          JOIN search_v1.entries e ON e.workspace_id = asked AND e.position = l.position
          WHERE e.terms @@ strict
          ORDER BY e.position DESC LIMIT wanted - cardinality(positions));
      END IF;
      positions := positions || matching;
      reached := CASE
        WHEN cardinality(positions) >= wanted THEN positions[wanted] - 1
        WHEN strict IS NOT NULL AND cardinality(looked) >= budget THEN looked[budget] - 1
        ELSE low - 1
      END;
      IF strict IS NOT NULL THEN
        budget := budget - cardinality(looked);
      END IF;
    END LOOP;
  END
  $$;`;

const BEFORE = `
  DECLARE
    asked CONSTANT text := coalesce(current_setting('casebook.workspace', true), '');
    hidden CONSTANT text[] := ARRAY(SELECT h.stream_id FROM access.hidden_streams h);
    budget integer := 2000;
    start CONSTANT bigint := least(below, as_of);
    seen bigint := 0;
    sought integer;
    bits integer;
    many bigint;
    low bigint;
    query tsquery;
    looked bigint[];
    matching bigint[];
  BEGIN
    positions := '{}';
    reached := CASE WHEN asked = '' THEN above ELSE start END;
    WHILE reached > above AND cardinality(positions) < wanted AND budget > 0 LOOP
      sought := CASE WHEN strict IS NULL THEN wanted - cardinality(positions) ELSE budget END;
      -- The stretches of the ledger that are next: short ones first, and as many as should have what is sought, going by those before.
      bits := CASE
        WHEN (reached + 1) % 131072 = 0 AND start - reached >= 131072 THEN 17
        WHEN (reached + 1) % 16384 = 0 AND start - reached >= 16384 THEN 14
        ELSE 11
      END;
      -- Words by their beginning are gathered anew for each query, so those come with as few queries as can be.
      many := CASE WHEN loose::text LIKE '%:*%' THEN 8
                   ELSE least(8, greatest(1, sought * (start - reached) / greatest(seen, 1) >> bits)) END;
      low := greatest((reached >> bits) - many + 1, reached >> bits + 3 << 3) << bits;
      query := (SELECT string_agg(quote_literal(format('=%s %s %s', bits, asked, n)), '|')
                FROM generate_series(low >> bits, reached >> bits) n)::tsquery;
      IF loose IS NOT NULL THEN
        query := loose && query;
      END IF;
      -- Nothing but the terms is to be looked up, whatever the statistics say, so the position is an expression.
      looked := ARRAY(
        SELECT DISTINCT e.position FROM search_v1.entries e
        WHERE e.terms @@ query AND e.position + 0 <= reached AND e.position + 0 > above
          AND (e.until IS NULL OR e.until > as_of) AND e.stream_id NOT IN (SELECT unnest(hidden))
        ORDER BY e.position DESC LIMIT sought);
      seen := seen + cardinality(looked);
      IF strict IS NULL THEN
        matching := looked;
      ELSE
        matching := ARRAY(
          SELECT DISTINCT e.position FROM unnest(looked) AS l (position)
          JOIN search_v1.entries e ON e.workspace_id = asked AND e.position = l.position
          WHERE e.terms @@ strict
          ORDER BY e.position DESC LIMIT wanted - cardinality(positions));
      END IF;
      positions := positions || matching;
      reached := CASE
        WHEN cardinality(positions) >= wanted THEN positions[wanted] - 1
        WHEN strict IS NOT NULL AND cardinality(looked) >= budget THEN looked[budget] - 1
        ELSE low - 1
      END;
      IF strict IS NOT NULL THEN
        budget := budget - cardinality(looked);
      END IF;
    END LOOP;
  END
  $$;`;
