import type { VNode } from 'preact';
import type { ParkedGroup } from '../../../application/operation/parked-groups';
import {
  mayBeTriedByHand,
  type EffectState,
  type WaitingEffects,
  type WaitingLetter,
} from '../../../application/operation/waiting-effects';
import { fingerprintOf, type ReportingStatus, type ServiceStatusView, type TargetStatus } from '../../nest/service-status';
import { dateAndHour, hourWithSeconds } from '../../phrasing/words/dates';
import { alarmWords } from '../../proof/fault-words';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { SummaryList } from '../parts/summary-list';
import {
  ActForm,
  LiveSection,
  ParkedGroupSummary,
  parkedRowsPath,
  servicePath,
  skipGroupPath,
  StatusTable,
  useBehind,
} from './service-parts';
import { TablesSections } from './service-tables';

/** What a person should look at first, each with the way to it. */
const Attention = ({ shown }: { readonly shown: ServiceStatusView }): VNode => {
  const { service: words } = useWords().administration;
  const inState = (state: EffectState): number =>
    shown.effects.filter((group) => group.state === state).reduce((sum, { count }) => sum + count, 0);
  const tablesIn = (...states: readonly string[]): number => shown.tables.filter(({ state }) => states.includes(state)).length;
  const { matters } = words;
  const all: readonly (readonly [looks: 'bad' | 'warn', count: number, said: (count: { count: number }) => string, to: string])[] = [
    ['bad', shown.signed?.alarm === undefined ? 0 : 1, () => matters.alarm, 'jurnal'],
    ['bad', shown.process.failing.length, matters.failing, 'proces'],
    ['bad', shown.parked.reduce((sum, { rows }) => sum + rows, 0), matters.parked, 'oprite'],
    ['bad', (shown.reporting ?? []).filter(({ errors }) => errors.length > 0).length, matters.parkedReporting, 'raportare'],
    ['bad', tablesIn('refused'), matters.refused, 'tabele'],
    ['warn', tablesIn('behind', 'outdated'), matters.behind, 'tabele'],
    ['bad', inState('given-up'), matters.givenUp, 'efecte'],
    ['warn', inState('retrying'), matters.retrying, 'efecte'],
    ['bad', shown.targets.filter(({ state }) => state === 'disabled').length, matters.disabled, 'abonamente'],
  ];
  const open = all.filter(([, count]) => count > 0);
  return (
    <LiveSection id="atentie" title={words.attention}>
      {open.length === 0 ? <p>{words.well}</p> : null}
      {open.map(([looks, count, said, to]) => (
        <div class={`notice notice-${looks}`}>
          <p>
            <a href={`#${to}`}>{said({ count })}</a>
          </p>
        </div>
      ))}
    </LiveSection>
  );
};

const ParkedGroupCard = ({ group }: { readonly group: ParkedGroup }): VNode => {
  const words = useWords().administration.service.parked;
  const { projection, error, rows } = group;
  const about = `${projection}, ${error}`;
  return (
    <article class="card">
      <h3>
        {rows} × <code>{error}</code>
      </h3>
      <ParkedGroupSummary group={group} />
      <div class="actions">
        <ActForm action={`${servicePath}/oprite/reincercare`} fields={{ tabel: projection, eroare: error }} about={about} second={false}>
          {words.retryAll}
        </ActForm>
        <a href={parkedRowsPath(group)}>
          {words.see}
          <span class="unseen">: {about}</span>
        </a>
        <a href={skipGroupPath(group)}>
          {words.skipAll}
          <span class="unseen">: {about}</span>
        </a>
      </div>
    </article>
  );
};

const Parked = ({ groups }: { readonly groups: readonly ParkedGroup[] }): VNode => {
  const words = useWords().administration.service.parked;
  const several = [...new Set(groups.map(({ projection }) => projection))].filter(
    (table) => groups.filter(({ projection }) => projection === table).length > 1,
  );
  return (
    <LiveSection
      id="oprite"
      title={words.title}
      lead={
        <>
          {words.lead} <code>tichet projections parked</code>.
        </>
      }
    >
      {groups.length === 0 ? <p>{words.none}</p> : null}
      {groups.map((group) => (
        <ParkedGroupCard group={group} />
      ))}
      {several.map((table) => (
        <ActForm action={`${servicePath}/oprite/reincercare`} fields={{ tabel: table }} about={table}>
          {words.retryTable({ table })}
        </ActForm>
      ))}
    </LiveSection>
  );
};

const effectLooks: Readonly<Record<EffectState, string>> = {
  'given-up': 'tag tag-bad',
  retrying: 'tag tag-warn',
  awaited: 'tag tag-quiet',
  'under-way': 'tag tag-quiet',
};
const mostLetters = 10;

const Letters = ({ letters }: { readonly letters: readonly WaitingLetter[] }): VNode => {
  const words = useWords().administration.service.effects;
  return (
    <ul>
      {letters.slice(0, mostLetters).map(({ letterId, ticketId }) => {
        const about = words.letter({ letter: letterId.slice(0, 8), subject: ticketId });
        return (
          <li>
            <small>{about}</small>
            <ActForm action={`${servicePath}/scrisori/reincercare`} fields={{ scrisoare: letterId }} about={about}>
              {words.resend}
            </ActForm>
          </li>
        );
      })}
      {letters.length > mostLetters ? <li>{words.more({ count: letters.length - mostLetters })}</li> : null}
    </ul>
  );
};

/** A letter that goes out now, or waits for its turn after something failed, is not sent twice by being asked for. */
const canResend = ({ state, letters }: WaitingEffects): boolean => letters.length > 0 && (state === 'given-up' || state === 'retrying');

/** What is tried again together: letters that wait, and all effects that were given up. */
const TogetherForm = ({ group }: { readonly group: WaitingEffects }): VNode | null => {
  const words = useWords().administration.service.effects;
  const { process, state, error, count, letters } = group;
  const areLetters = canResend(group);
  if (areLetters ? letters.length < 2 : state !== 'given-up' || !mayBeTriedByHand(process)) return null;
  return (
    <ActForm
      action={`${servicePath}/scrisori/reincercare`}
      fields={{ proces: process, stare: state, ...(error !== undefined && { eroare: error }) }}
      about={process}
      second={false}
    >
      {areLetters ? words.resendAll({ count: letters.length }) : words.retryAll({ count })}
    </ActForm>
  );
};

const Effects = ({ shown: { effects, unsentOpenings } }: { readonly shown: ServiceStatusView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.effects;
  const nextOf = ({ process, state }: WaitingEffects): string =>
    state === 'given-up' ? (mayBeTriedByHand(process) ? words.onRequest : words.notByHand) : '–';
  return (
    <LiveSection id="efecte" title={words.title}>
      {effects.length === 0 ? <p>{words.none}</p> : null}
      {unsentOpenings === 0 ? null : <p>{words.unsentOpenings({ count: unsentOpenings })}</p>}
      {effects.length === 0 ? null : (
        <StatusTable
          caption={words.title}
          columns={[words.process, words.state, words.count, words.attempts, words.oldest, words.next]}
          rows={effects.map((group) => ({
            head: (
              <>
                <code>{group.process}</code>
                {canResend(group) ? <Letters letters={group.letters} /> : null}
                <TogetherForm group={group} />
              </>
            ),
            cells: [
              <>
                <span class={effectLooks[group.state]}>{words.states[group.state]}</span>
                {group.error === undefined ? null : (
                  <small>
                    <code>{group.error}</code>
                  </small>
                )}
              </>,
              group.count,
              group.attempts,
              dateAndHour(group.oldest, locale),
              group.nextAt === undefined ? nextOf(group) : dateAndHour(group.nextAt, locale),
            ],
          }))}
        />
      )}
    </LiveSection>
  );
};

const targetLooks: Readonly<Record<TargetStatus['state'], string>> = {
  new: 'tag tag-quiet',
  active: 'tag tag-good',
  failing: 'tag tag-warn',
  disabled: 'tag tag-bad',
};

const Targets = ({ targets }: { readonly targets: readonly TargetStatus[] }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.targets;
  const behindOf = useBehind();
  const trouble = ({ attempts: count, failingSince, reason = '', nextAt }: TargetStatus): string =>
    [
      ...(count === undefined || failingSince === undefined
        ? []
        : [words.attempts({ count, since: dateAndHour(failingSince, locale), reason })]),
      ...(nextAt === undefined ? [] : [words.next({ at: dateAndHour(nextAt, locale) })]),
    ].join('; ');
  return (
    <LiveSection id="abonamente" title={words.title} lead={words.lead}>
      {targets.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <StatusTable
          caption={words.title}
          columns={[words.name, words.state, words.behind, words.trouble]}
          rows={targets.map((target) => ({
            head: <code>{target.name}</code>,
            cells: [
              <span class={targetLooks[target.state]}>{words.states[target.state]}</span>,
              target.behind === undefined ? '–' : behindOf(target.behind),
              <>
                {trouble(target)}
                {target.state === 'failing' || target.state === 'disabled' ? (
                  <ActForm action={`${servicePath}/abonamente/${encodeURIComponent(target.name)}/repornire`} about={target.name}>
                    {words.enable}
                  </ActForm>
                ) : null}
              </>,
            ],
          }))}
        />
      )}
    </LiveSection>
  );
};

const Leases = ({ shown: { leases, process } }: { readonly shown: ServiceStatusView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.leases;
  return (
    <LiveSection id="inchirieri" title={words.title} {...(leases !== undefined && { lead: words.lead })}>
      {leases === undefined ? <p>{words.alone}</p> : leases.length === 0 ? <p>{words.none}</p> : null}
      {leases === undefined || leases.length === 0 ? null : (
        <StatusTable
          caption={words.title}
          columns={[words.work, words.holder, words.since]}
          rows={leases.map(({ name, holder, since }) => ({
            head: <code>{name}</code>,
            cells: [
              <>
                <code>{holder}</code> {holder === process.name ? <small>{words.here}</small> : null}
              </>,
              since === undefined ? words.unknownSince : dateAndHour(since, locale),
            ],
          }))}
        />
      )}
    </LiveSection>
  );
};

const Signed = ({ shown: { signed } }: { readonly shown: ServiceStatusView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.signed;
  if (signed === undefined)
    return (
      <LiveSection id="jurnal" title={words.title}>
        <p>{words.off}</p>
      </LiveSection>
    );
  const { size, waiting, signedAt, witnessed, alarm } = signed;
  return (
    <LiveSection id="jurnal" title={words.title}>
      {alarm === undefined ? (
        <p>{words.calm}</p>
      ) : (
        <div class="notice notice-bad">
          <p>
            {words.alarm({ at: dateAndHour(alarm.at, locale) })} {alarmWords(alarm.fault)[locale]}
          </p>
        </div>
      )}
      <SummaryList
        rows={[
          { label: words.size, value: size ?? 0 },
          ...(waiting === undefined ? [] : [{ label: words.waiting, value: waiting }]),
          { label: words.signedAt, value: signedAt === undefined ? words.never : dateAndHour(signedAt, locale) },
          ...(witnessed === undefined ? [] : [{ label: words.witnessed, value: witnessed }]),
        ]}
      />
    </LiveSection>
  );
};

const Reporting = ({ tables }: { readonly tables: readonly ReportingStatus[] | undefined }): VNode => {
  const { locale } = usePage();
  const { reporting: words, tables: ofTables } = useWords().administration.service;
  return (
    <LiveSection id="raportare" title={words.title}>
      {tables === undefined ? (
        <p>{words.off}</p>
      ) : (
        <StatusTable
          caption={words.title}
          columns={[words.table, words.behind, words.parked, words.filled, words.judged, words.acts]}
          rows={tables.map(({ table, behindRows, behindSeconds, parked, sourceParked, errors, filledAt, judgedUntil }) => ({
            head: <code>{table}</code>,
            cells: [
              behindRows === 0 ? ofTables.none : `${words.rows({ count: behindRows })}, ${ofTables.seconds({ count: behindSeconds })}`,
              <>
                {parked}
                {sourceParked === 0 ? null : <small>{words.sourceParked({ count: sourceParked })}</small>}
                {errors.map((error) => (
                  <small>
                    <code>{error}</code>
                  </small>
                ))}
              </>,
              filledAt === undefined ? words.notYet : dateAndHour(filledAt, locale),
              judgedUntil === undefined ? words.nextFact : dateAndHour(judgedUntil, locale),
              <>
                {errors.length === 0 ? null : (
                  <ActForm action={`${servicePath}/raportare/${table}/reincercare`} about={table} second={false}>
                    {words.retry}
                  </ActForm>
                )}
                <ActForm action={`${servicePath}/raportare/${table}/umplere`} about={table}>
                  {words.fill}
                </ActForm>
              </>,
            ],
          }))}
        />
      )}
    </LiveSection>
  );
};

const ThisProcess = ({ shown: { process } }: { readonly shown: ServiceStatusView }): VNode => {
  const words = useWords().administration.service.process;
  return (
    <LiveSection id="proces" title={words.title} lead={words.lead({ name: process.name })}>
      {process.failing.length === 0 ? (
        <p>{words.fine}</p>
      ) : (
        <p>
          {words.failing}{' '}
          {process.failing.map(({ place, code }) => (
            <code>
              {place} ({code}){' '}
            </code>
          ))}
        </p>
      )}
    </LiveSection>
  );
};

const LiveFoot = ({ at }: { readonly at: string }): VNode => {
  const { service: words } = useWords().administration;
  return (
    <p class="live-foot">
      <span
        role="status"
        data-live-said
        data-live-on={words.live}
        data-live-changed={`${words.changed} ${hourWithSeconds(at)}.`}
        data-live-off={words.liveEnded}
      />{' '}
      <a href={servicePath}>{words.reload}</a>
    </p>
  );
};

/** @param said what was just done, where that is more than a word in the address */
export const ServicePage = ({ shown, said }: { readonly shown: ServiceStatusView; readonly said?: string | undefined }): VNode => {
  const { service: words } = useWords().administration;
  return (
    <HeadedPage
      title={words.title}
      sheet="service"
      done={said ?? words.done}
      back={{ href: '/administrare', text: words.back }}
      lead={words.lead}
    >
      <div data-live={`${servicePath}/live?de=${fingerprintOf(shown)}`}>
        <Attention shown={shown} />
        <Parked groups={shown.parked} />
        <TablesSections tables={shown.tables} />
        <Effects shown={shown} />
        <Targets targets={shown.targets} />
        <Leases shown={shown} />
        <Signed shown={shown} />
        <Reporting tables={shown.reporting} />
        <ThisProcess shown={shown} />
      </div>
      <LiveFoot at={shown.at} />
    </HeadedPage>
  );
};
