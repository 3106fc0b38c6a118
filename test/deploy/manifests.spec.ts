import { readFileSync, writeFileSync } from 'node:fs';
import { VERSION } from '@casebook/contracts';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings, strangeSettings } from '../../apps/api/src/index.js';
import { chartFile, renderChart } from './render-chart.js';

const MANIFESTS = 'deploy/kubernetes/casebook.yaml';
const HEADER = `# Made from the chart in deploy/helm/casebook with its default values: CASEBOOK_WRITE_MANIFESTS=1 npm test -- test/deploy
# Replace the image and CASEBOOK_ORIGIN. The Job runs before the StatefulSet; docs/containers.md has the order.
`;
const read = (path: string): string => readFileSync(path, 'utf8');

const rendered = HEADER + renderChart('casebook');
if (process.env['CASEBOOK_WRITE_MANIFESTS'] === '1') writeFileSync(MANIFESTS, rendered);

function areRoles(roles: string): boolean {
  try {
    readSettings({ CASEBOOK_ROLES: roles, DATABASE_URL: 'postgres://a/casebook' });
    return true;
  } catch {
    return false;
  }
}

describe('the Kubernetes manifests', () => {
  const documents = parseAllDocuments(rendered).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
  const only = (kind: string): any => documents.find((document) => document.kind === kind);
  const workloads = documents.filter(({ kind }) => kind === 'StatefulSet' || kind === 'Job');
  const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers as any[]);

  it('are the chart with its default values', () => {
    expect(read(MANIFESTS)).toBe(rendered);
    expect(parse(chartFile('Chart.yaml'))).toMatchObject({ version: VERSION, appVersion: VERSION });
    const validate = new Ajv().compile(JSON.parse(chartFile('values.schema.json')) as object);
    expect([validate(parse(chartFile('values.yaml'))), validate.errors]).toEqual([true, null]);
    const otherwise = (values: object) =>
      validate({ ...(parse(chartFile('values.yaml')) as object), ...values });
    expect(otherwise({ replcas: 3 })).toBe(false);
    // As the setting takes them.
    for (const roles of ['serve,follow', 'serve', 'follow', 'read', 'serve,read', 'folow'])
      expect([roles, otherwise({ roles })]).toEqual([roles, areRoles(roles)]);
  });

  it('have every kind in the version of its API, with a name', () => {
    expect(documents.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual([
      ['policy/v1', 'PodDisruptionBudget', 'casebook'],
      ['batch/v1', 'Job', 'casebook-migrate'],
      ['v1', 'Service', 'casebook'],
      ['v1', 'Service', 'casebook-pods'],
      ['apps/v1', 'StatefulSet', 'casebook'],
    ]);
  });

  it('run as nobody special, on a root file system that cannot be written', () => {
    for (const { spec } of workloads) {
      expect(spec.template.spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      const volumes = [
        ...(spec.template.spec.volumes as any[]),
        ...((spec.volumeClaimTemplates as any[] | undefined) ?? []).map(({ metadata }) => metadata),
      ].map(({ name }) => name as string);
      for (const { name } of spec.template.spec.containers[0].volumeMounts as any[])
        expect(volumes).toContain(name);
    }
    for (const container of containers)
      expect(container).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } },
      });
  });

  it('set settings that exist, and take every secret from a Secret', () => {
    const variables = containers.flatMap(({ env }) => env as any[]);
    expect(strangeSettings(Object.fromEntries(variables.map(({ name }) => [name, 'x'])))).toEqual([]);
    for (const { name, value, valueFrom } of variables)
      if (/URL|KEY|TOKEN/u.test(name as string))
        expect([name, value, valueFrom.secretKeyRef.name]).toEqual([name, undefined, 'casebook']);
    const names = variables.map(({ name }) => name as string);
    expect(names).toEqual(expect.arrayContaining(['CASEBOOK_ORIGIN', 'CASEBOOK_SIGNING_KEY']));
    // Only the Job may change the schema.
    expect(containers[1].env.map(({ name }: any) => name)).not.toContain('MIGRATION_DATABASE_URL');
  });

  it('select the pods that they mean, and give them time to stop', () => {
    const { spec } = only('StatefulSet');
    const { labels } = spec.template.metadata;
    expect(only('Job').spec.template.metadata.labels).not.toMatchObject(spec.selector.matchLabels as object);
    for (const selector of [
      spec.selector.matchLabels,
      only('PodDisruptionBudget').spec.selector.matchLabels,
      ...documents.filter(({ kind }) => kind === 'Service').map((service) => service.spec.selector),
    ])
      expect(labels).toEqual(selector);
    expect(documents.map(({ metadata }) => metadata.name)).toContain(spec.serviceName);
    const [container] = spec.template.spec.containers;
    const delay = container.env.find(({ name }: any) => name === 'CASEBOOK_DRAIN_DELAY').value;
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(delay) + 15);
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(Number(delay)).toBeGreaterThan(periodSeconds * failureThreshold);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      expect(container[probe].httpGet).toEqual({
        path: probe === 'readinessProbe' ? '/health/ready' : '/health/live',
        port: container.ports[0].name,
      });
  });
});

describe('the image and compose', () => {
  const dockerfile = read('Dockerfile');
  const compose = parse(read('docker-compose.yml'));

  it('build every stage on one image, and run as another user than root with production packages', () => {
    const stages = [...dockerfile.matchAll(/^FROM (\S+)/gmu)].map(([, image]) => image);
    expect(new Set(stages)).toEqual(new Set(['${NODE_IMAGE}']));
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/mu);
    expect(last).not.toMatch(/^RUN npm/mu);
    expect(last).toContain('COPY --from=packages /casebook/node_modules node_modules');
    expect(dockerfile).toContain('RUN npm ci --omit=dev');
  });

  it('have no default password, and a root file system that cannot be written', () => {
    const { postgres, casebook } = compose.services;
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/u);
    expect(casebook.environment.DATABASE_URL).toContain('${POSTGRES_PASSWORD:?');
    expect(casebook).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
    expect(Object.keys(casebook.environment as object)).toEqual(
      expect.arrayContaining(['CASEBOOK_ORIGIN', 'CASEBOOK_SIGNING_KEY']),
    );
    expect(strangeSettings(casebook.environment as NodeJS.ProcessEnv)).toEqual([]);
  });
});
