import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fileOf, settingsTable } from '../../src/infrastructure/config/settings-table';
import { readSettings } from '../../src/infrastructure/config/settings';
import { startService } from '../http/support/service';
import { closing } from '../support/closing';
import { assignments } from '../support/peers/deployed';
import { codeBlocks, read, root, rows, section } from './markdown';

const files = readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' })
  .map((name) => `deploy/${name}`)
  .filter((path) => statSync(join(root, path)).isFile());
const texts = [...files, 'Dockerfile'].map((path) => ({ path, text: read(path) }));

const isSetting = (name: string): boolean => {
  const setting = name.replace(/_FILE$/, '');
  return Object.hasOwn(settingsTable, name) || (Object.hasOwn(settingsTable, setting) && fileOf(setting) === name);
};
const unknownIn = (text: string): readonly string[] => (text.match(/\bTICHET_[A-Z_]+/g) ?? []).filter((name) => !isSetting(name));

const { paths } = JSON.parse(read('openapi.json')) as { readonly paths: Readonly<Record<string, unknown>> };
/** Paths that the files name where they ask the service, or let through or keep what is asked of it. */
const namedIn = (text: string): readonly string[] => text.match(/(?<![\w.}])\/(?:health\/\w+|metrics)\b|\/\w+(?=\$ \{)/g) ?? [];
const isServed = (path: string): boolean => Object.keys(paths).some((one) => one === path || one.endsWith(path));

const faultsOf = (environment: NodeJS.ProcessEnv): readonly unknown[] =>
  readSettings(environment, () => 'postgres://tichet:secret@127.0.0.1/tichet').notices;

type Names = readonly { readonly name: string }[];
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };
type Mounts = { readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[] };
type Container = Mounts & {
  readonly image: string;
  readonly ports?: Names;
  readonly securityContext: unknown;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
};
type Manifest = {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly selector: { readonly matchLabels: unknown };
    readonly replicas: number;
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[];
    readonly template: {
      readonly metadata: { readonly labels: unknown };
      readonly spec: {
        readonly securityContext: unknown;
        readonly initContainers: readonly Container[];
        readonly containers: readonly [Container];
        readonly volumes: Names;
      };
    };
  };
};

describe('deploy/', () => {
  it('names settings that there are, and no other', () => {
    expect(texts.flatMap(({ path, text }) => unknownIn(text).map((name) => `${path}: ${name}`))).toEqual([]);
    expect(texts.filter(({ text }) => text.includes('TICHET_')).length).toBeGreaterThan(8);
    expect(unknownIn('TICHET_PUBLIC_ULR=… TICHET_POSTGRES_URL_FILE=… TICHET_DATA_DIR_FILE=…')).toEqual([
      'TICHET_PUBLIC_ULR',
      'TICHET_DATA_DIR_FILE',
    ]);
  });

  it('names paths that are served, and no other', () => {
    const named = texts.flatMap(({ text }) => namedIn(text));
    expect(new Set(named)).toEqual(new Set(['/health/live', '/health/ready', '/metrics', '/live', '/import']));
    expect(named.filter((path) => !isServed(path))).toEqual([]);
    expect(isServed('/healthz')).toBe(false);
  });

  it('has an environment that is taken without a word, as it is and with every line in force', () => {
    const file = read('deploy/environment');
    expect(faultsOf(assignments(file))).toEqual([]);
    expect(faultsOf({ ...assignments(file.replaceAll(/^# (?=[A-Z_]+=)/gm, '')), TICHET_SMTP_URL_FILE: undefined })).toEqual([]);
    expect(() => faultsOf({ ...assignments(file), TICHET_PUBLIC_URL: 'tichet.example' })).toThrow('TICHET_PUBLIC_URL');
  });

  it('serves a log in EventStoreDB by what its page puts in the place of the lines about PostgreSQL, with one process and with several', () => {
    const [one = '', several = ''] = codeBlocks(section(read('docs/eventstoredb.md'), '### By the files of deploy/'), 'ini');
    const shipped = Object.entries(assignments(read('deploy/environment')));
    const beside = Object.fromEntries(shipped.filter(([name]) => !/^PG|POSTGRES|EVENT_STORE/.test(name)));
    const readWith = (text: string) =>
      readSettings({ ...beside, ...assignments(text) }, (file) =>
        file.includes('eventstoredb') ? 'esdb://node1:2113' : 'postgres://tichet:secret@127.0.0.1/tichet',
      );
    expect([one, `${one}\n${several}`].map((text) => readWith(text))).toEqual([
      { settings: expect.objectContaining({ eventStore: 'eventstoredb', readModels: 'sqlite' }) as unknown, notices: [] },
      { settings: expect.objectContaining({ eventStore: 'eventstoredb', readModels: 'postgres' }) as unknown, notices: [] },
    ]);
    expect(() => readWith(one.replace(/^TICHET_EVENTSTOREDB_URL_FILE=.*$/m, ''))).toThrow('TICHET_EVENTSTOREDB_URL');
  });

  it('tells of every file in its README', () => {
    const readme = read('deploy/README.md');
    const told = files.filter((path) => !path.endsWith('.gitignore') && path !== 'deploy/README.md');
    expect(told.filter((path) => !readme.includes(`(${path.replace('deploy/', '')})`))).toEqual([]);
  });
});

describe('the units', () => {
  const service = read('deploy/systemd/tichet@.service');
  const confined = (text: string): readonly string[] =>
    (
      text.match(
        /^(?:(?:Protect|Private|Restrict|SystemCall|Capab|Ambient|Lock|Keyring|NoNew|RemoveIPC|ProcSubset|UMask|LimitCORE)\w*)=.*$/gm,
      ) ?? []
    ).toSorted();

  it('confine the jobs as they confine the service', () => {
    expect(confined(read('deploy/systemd/tichet-.service.d/confined.conf'))).toEqual(confined(service));
    expect(confined(service).length).toBeGreaterThan(25);
  });

  it('start what a checkout builds, in production, and bear the silence of which the documents tell', () => {
    const { scripts, bin } = JSON.parse(read('package.json')) as {
      readonly scripts: { readonly start: string };
      readonly bin: { readonly tichet: string };
    };
    expect(service).toContain(`ExecStart=/usr/bin/node --max-semi-space-size=64 /opt/tichet/${bin.tichet} serve\n`);
    expect(scripts.start).toBe(`node --max-semi-space-size=64 ${bin.tichet} serve`);
    for (const path of ['tichet@.service', 'tichet-.service.d/confined.conf'])
      expect(read(`deploy/systemd/${path}`)).toContain('\nEnvironment=NODE_ENV=production\n');
    expect([/^Type=(.*)$/m, /^NotifyAccess=(.*)$/m, /^WatchdogSec=(.*)$/m].map((form) => form.exec(service)?.[1])).toEqual([
      'notify',
      'all',
      '60',
    ]);
  });
});

describe('the alerts', () => {
  const metricsIn = (text: string): readonly string[] => [
    ...new Set((text.match(/\btichet_[a-z_]+/g) ?? []).map((name) => name.replace(/_(?:bucket|count)$/, ''))),
  ];
  const asked = metricsIn(read('deploy/prometheus/alerts.yml'));

  it('ask for numbers that the service has', async () => {
    const service = closing(await startService());
    const { text } = await service.call('GET', '/metrics');
    const there = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name));
    // the seal is counted where a log is sealed, and reporting tables where they are kept, which the memory of these tests does not
    const sealed = [
      'tichet_acknowledged_missing',
      'tichet_acknowledged_waiting_seconds',
      'tichet_seal_alarm',
      'tichet_seal_size',
      'tichet_seal_waiting',
      'tichet_seal_age_seconds',
      'tichet_reporting_behind_seconds',
      'tichet_reporting_parked_rows',
    ];
    expect(asked.filter((name) => !there.has(name) && !sealed.includes(name))).toEqual([]);
  });

  it('are of everything that the documents say to watch', () => {
    const told = metricsIn(
      rows(section(read('docs/operations.md'), '## What to watch'))
        .map(([name]) => name)
        .join(' '),
    );
    expect(asked.toSorted()).toEqual(told.toSorted());
  });

  it('are each tried by promtool’s test', () => {
    const names = [...read('deploy/prometheus/alerts.yml').matchAll(/alert: (\w+)/g)].map(([, name]) => name);
    expect([...read('deploy/prometheus/alerts.test.yml').matchAll(/alertname="(\w+)"/g)].map(([, name]) => name)).toEqual(names);
  });
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));

  it('is built of what is there, and of what Docker is shown', () => {
    expect(copied.length).toBeGreaterThan(8);
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    const shown = [...read('.dockerignore').matchAll(/^!(\S+)$/gm)].map(([, name]) => name);
    // a folder that is shown is shown with its files
    const isOfAnother = (name: string): boolean => copied.some((other) => name.startsWith(`${other}/`));
    expect(shown.toSorted()).toEqual(copied.filter((name) => !isOfAnother(name)).toSorted());
  });

  it('is another user’s than root, asks whether it lives, and has settings that are taken', () => {
    const [, last = ''] = dockerfile.split(/^FROM node:\$\{NODE\}$/m);
    expect(last).toMatch(/^USER 10001:10001$/m);
    expect(last).toMatch(/^HEALTHCHECK .*\\\n\s+CMD \["node", .*\/health\/live/m);
    const [, environment = ''] = /^ENV (.*)$/m.exec(last) ?? [];
    expect(faultsOf(assignments(environment.replaceAll(' ', '\n')))).toEqual([]);
  });
});

describe('the manifests', () => {
  const manifests = parseAllDocuments(read('deploy/kubernetes/tichet.yaml')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
  const ofKind = (kind: string): Manifest => {
    const found = manifests.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`There is no ${kind}.`);
    return found;
  };
  const { spec } = ofKind('StatefulSet');
  const pod = spec.template.spec;
  const [container] = pod.containers;

  it('hang together: labels, volumes, ports, one image of this version', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual([
      ...['Namespace', 'ConfigMap', 'StatefulSet', 'Service', 'PodDisruptionBudget', 'Ingress', 'NetworkPolicy'],
    ]);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const volumes = [...pod.volumes.map(({ name }) => name), ...spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)];
    const mounted = [container, ...pod.initContainers].flatMap(({ volumeMounts }) => volumeMounts);
    expect(new Set(mounted.map(({ name }) => name))).toEqual(new Set(volumes));
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect(new Set([container, ...pod.initContainers].map(({ image }) => image))).toEqual(
      new Set([`registry.example/tichet-albastru:${version}`]),
    );
    expect(manifests.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'tichet')).toEqual([]);
  });

  it('ask by probe what there is to ask, confine, and mount folders for what is replaced', () => {
    const probes = [container.livenessProbe, container.startupProbe, container.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual(
      ['/health/live', '/health/live', '/health/ready'].map((path) => ({ path, port: container.ports?.[0]?.name })),
    );
    const locked = { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    for (const one of [container, ...pod.initContainers]) expect(one.securityContext).toEqual(locked);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } });
    expect(
      [container, ...pod.initContainers].flatMap(({ volumeMounts }) => volumeMounts).filter(({ subPath }) => subPath !== undefined),
    ).toEqual([]);
  });

  it('have settings that are taken', () => {
    expect(faultsOf({ HOST: '0.0.0.0', ...ofKind('ConfigMap').data })).toEqual([]);
  });
});
