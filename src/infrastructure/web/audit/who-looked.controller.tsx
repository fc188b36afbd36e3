import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ticketNamed } from '../../../application/audit/ticket-named';
import { ListWhoLooked, type LookedAt, type WhoLooked } from '../../../application/audit/who-looked';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { isCivilDate } from '../../../domain/time/civil-time';
import { QueryService } from '../../api/commands/query-service';
import { personForm } from '../../api/dto/paths';
import { portsToken } from '../../nest/tokens';
import { saidOf, sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { type Answer, formView } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { filledQuery, queryParametersOf } from '../page/query-parameters';
import { type Fault, TextField } from '../parts/fields';
import { ListTable } from '../parts/list-table';
import { FollowingPages } from '../registry/numbered-pages';

const perPage = 25;
/** So many tickets or requests of one answer are named; a list of meetings shows more. */
const mostNamed = 3;

type Fields = Readonly<Record<'ticket' | 'person' | 'from' | 'to' | 'cursor', string>>;

const given = (text: string): string | undefined => (text === '' ? undefined : text);

const pathOf = ({ ticket, person, from, to }: Fields, cursor = ''): string =>
  `/audit/citiri${filledQuery({ tichet: ticket, persoana: person, 'de-la': from, 'pana-la': to, 'de-unde': cursor })}`;

const Shown = ({ read: { tickets, requests } }: { readonly read: LookedAt }): VNode => {
  const words = useWords().audit.looked;
  const named = [
    ...tickets.map((id) => <a href={`/audit/${id}`}>{referenceOf(id)}</a>),
    ...requests.map((request) => <bdi>{request.replace('_', ' / ')}</bdi>),
  ];
  if (named.length === 0) return <>{words.nobodys}</>;
  return (
    <>
      {named.slice(0, mostNamed).map((one, place) => (
        <>
          {place === 0 ? null : ', '}
          {one}
        </>
      ))}{' '}
      {named.length > mostNamed ? words.more({ count: named.length - mostNamed }) : null}
    </>
  );
};

const Readings = ({ readings }: Pick<WhoLooked, 'readings'>): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.looked;
  const { frame, ticket } = sentences[locale];
  if (readings.length === 0) return <p>{words.none}</p>;
  return (
    <ListTable caption={words.title} columns={[words.at, words.who, words.why, words.where, words.tickets]}>
      {readings.map((read) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <time dateTime={read.readAt}>{dateAndHour(read.readAt, locale)}</time>
          </th>
          <td role="cell">
            {read.person === null ? words.forgotten : <bdi>{read.person}</bdi>}{' '}
            <small>{[saidOf(frame.roles, read.role) ?? read.role, read.departmentCode].filter((part) => part !== null).join(', ')}</small>
          </td>
          <td role="cell">{ticket.readings.purposes[read.purpose]}</td>
          <td role="cell">
            <code>{read.page}</code>
          </td>
          <td role="cell">
            <Shown read={read} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
};

/** Who was shown a ticket’s data, or what a person was shown. */
const WhoLookedPage = ({ fields, shown }: { readonly fields: Fields; readonly shown: WhoLooked | undefined }): VNode => {
  const words = useWords().audit.looked;
  const { ticket, person } = fields;
  const field = { width: 'middle', autocomplete: 'off', spellcheck: false } as const;
  return (
    <HeadedPage title={words.title} summary={useWords().audit.list.faulty} back={{ href: '/audit', text: words.back }} lead={words.lead}>
      <form method="get" action="/audit/citiri" class="card audit-filter" novalidate aria-label={words.find}>
        <TextField name="tichet" label={words.ticket} hint={words.ticketHint} value={ticket} {...field} />
        <TextField name="persoana" label={words.person} hint={words.personHint} value={person} {...field} />
        <TextField name="de-la" label={words.from} type="date" value={fields.from} />
        <TextField name="pana-la" label={words.to} type="date" value={fields.to} />
        <p class="actions">
          <button>{words.show}</button>
        </p>
      </form>
      {shown === undefined ? null : (
        <section aria-labelledby="citiri">
          <h2 id="citiri">{ticket === '' ? words.ofPerson({ person }) : words.ofTicket({ reference: ticket })}</h2>
          <Readings readings={shown.readings} />
          <FollowingPages
            first={fields.cursor === '' ? undefined : pathOf(fields)}
            next={shown.next === undefined ? undefined : pathOf(fields, shown.next)}
            words={words}
          />
        </section>
      )}
    </HeadedPage>
  );
};

const faultsIn = ({ person, from, to }: Fields, locale: Locale): readonly Fault[] => {
  const { list, looked } = sentences[locale].audit;
  const days = [
    ['de-la', from],
    ['pana-la', to],
  ] as const;
  return [
    ...(person === '' || personForm.test(person) ? [] : [{ field: 'persoana', message: looked.noPerson }]),
    ...days.filter(([, day]) => day !== '' && !isCivilDate(day)).map(([field]) => ({ field, message: list.noDay })),
    ...(from !== '' && to !== '' && to < from ? [{ field: 'pana-la', message: list.endsFirst }] : []),
  ];
};

/** The readings of a ticket or of a person, for auditors. The service notes who asks, as everywhere. */
@Pages('audit/citiri')
export class WhoLookedPageController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('audit.read')
  async readings(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    const asked = queryParametersOf(query);
    const fields = {
      ticket: asked('tichet').toUpperCase(),
      person: asked('persoana'),
      from: asked('de-la'),
      to: asked('pana-la'),
      cursor: asked('de-unde'),
    };
    const locale = localeOfPage(request);
    const faults = faultsIn(fields, locale);
    if (faults.length > 0 || fields.ticket + fields.person === '')
      return formView(<WhoLookedPage fields={fields} shown={undefined} />, faults);
    const ticketId = fields.ticket === '' ? undefined : await ticketNamed(this.ports, fields.ticket);
    const found =
      ticketId === undefined && fields.ticket !== ''
        ? undefined
        : await this.reads.find(ListWhoLooked, {
            ...(ticketId === undefined ? { person: fields.person } : { ticketId }),
            limit: perPage,
            ...defined({ from: given(fields.from), to: given(fields.to), cursor: given(fields.cursor) }),
          });
    const unknown = found === undefined ? [{ field: 'tichet', message: sentences[locale].audit.list.notFound }] : [];
    return formView(<WhoLookedPage fields={fields} shown={found} />, unknown);
  }
}
