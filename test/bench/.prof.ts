import { casebook } from './casebook.js';
import { raw } from './raw.js';
import { load } from './load.js';
import { migrate } from '@casebook/postgres';
import { ServerCpu } from './server-cpu.js';
import { readFileSync } from 'node:fs';
import pg from 'pg';
const admin = new pg.Client('postgres://postgres:postgres@127.0.0.1:54999/postgres'); await admin.connect();
await admin.query('DROP DATABASE IF EXISTS prof WITH (FORCE)'); await admin.query('CREATE DATABASE prof'); await admin.end();
const url='postgres://postgres:postgres@127.0.0.1:54999/prof';
await migrate(url);
const cpu = new ServerCpu(Number(readFileSync('/tmp/ledger-pg/data/postmaster.pid','utf8').split('\n')[0]));
const clients = Number(process.argv[2] ?? 64);
const c = process.argv[3]==='raw' ? await raw(url, clients) : await casebook(url);
await load(c, clients, 1500, cpu);
for (let i=0;i<4;i++){ const r=await load(c, clients, 2500, cpu); console.log(Math.round(r.perSecond), r.p50Ms.toFixed(2), r.p99Ms.toFixed(2), 'node',r.nodeMicros.toFixed(1),'pg',r.postgresMicros.toFixed(1)); }
await c.close();
