import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { DueSubject } from '../../../application/privacy/retention';
import { periodOf } from '../../../domain/retention/retention';
import { referenceOf } from '../../../domain/ticket/ticket';
import { contextOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { answered } from '../../api/problem/problem';
import { lookAtRetention, type RetentionLook } from '../../nest/look-at-retention';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { saidOf, type Sentences, sentences } from '../../phrasing/sentences';
import { periodInWords } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { faultsOfFields, FormFields, type FormPart, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { ListTable } from '../parts/list-table';

const path = '/administrare/pastrare';
/** So many are named on the page; the API names more, the command line all. */
const mostNamed = 100;

const Due = ({ one: { class: kind, subject } }: { readonly one: DueSubject }): VNode => {
  if (kind === 'names') {
    const [number = '', filedOn = ''] = subject.split('_');
    return <a href={`/administrare/stergere/cerere/${number}/${filedOn}`}>{`${number} / ${filedOn}`}</a>;
  }
  const reference = referenceOf(subject);
  return <a href={`/administrare/stergere/tichet/${reference}`}>{reference}</a>;
};

const Classes = ({ classes }: Pick<RetentionLook, 'classes'>): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.retention;
  const { standings } = sentences[locale].socket.retentionText;
  return (
    <ListTable caption={words.classesTitle} columns={[words.class, words.period, words.due, words.others]}>
      {classes.map(({ class: kind, period: written, due, others }) => {
        const period = written === null ? undefined : periodOf(written);
        return (
          <tr role="row">
            <th scope="row" role="rowheader">
              {words.classes[kind]}
            </th>
            <td role="cell">{period === undefined ? words.never : <time dateTime={period.text}>{periodInWords(period, locale)}</time>}</td>
            <td role="cell">{due}</td>
            <td role="cell">
              {Object.entries(others)
                .map(([standing, count]) => `${count} ${saidOf(standings, standing) ?? standing}`)
                .join(', ')}
            </td>
          </tr>
        );
      })}
    </ListTable>
  );
};

/** The number says that it is the list on this page that is confirmed; both are said anew each time the page is shown. */
const fieldsFor = (words: Sentences['administration']['retention'], total: number): readonly FormPart[] => [
  {
    name: 'due',
    label: words.number,
    hint: words.numberHint,
    width: 'short',
    autocomplete: 'off',
    wrong: (text) => (/^\d{1,9}$/.test(text) && Number(text) === total ? undefined : words.differs({ count: total })),
  },
  { kind: 'tick', name: 'confirm', legend: words.confirm, label: words.confirmLabel, missing: words.confirmMissing },
];

/** What is kept for how long, what is due, and where data are older than the periods, the confirmation of it. */
const RetentionPage = ({ look: { state, classes, due, total } }: { readonly look: RetentionLook }): VNode => {
  const words = useWords().administration.retention;
  const named = due.slice(0, mostNamed);
  return (
    <HeadedPage
      title={words.title}
      summary={words.summary}
      labels={{ due: words.number }}
      done={words.done}
      back={{ href: '/administrare', text: words.back }}
      lead={words.lead}
    >
      <div class={state === 'waiting' ? 'notice notice-warn' : 'notice'}>
        <p>{words.states[state]}</p>
      </div>
      {state === 'off' ? null : (
        <>
          <h2>{words.classesTitle}</h2>
          <Classes classes={classes} />
          <h2>{words.dueTitle}</h2>
          <p>{total === 0 ? words.none : words.total({ count: total })}</p>
          <ul>
            {named.map((one) => (
              <li>
                <Due one={one} /> {words.classes[one.class]}
              </li>
            ))}
          </ul>
          {due.length > named.length ? <p>{words.more({ count: mostNamed })}</p> : null}
        </>
      )}
      {state === 'waiting' ? (
        <section class="card" aria-labelledby="confirmare">
          <h2 id="confirmare">{words.confirmTitle}</h2>
          <TypedForm action={path}>
            <FormFields parts={fieldsFor(words, total)} />
            <button class="grave">{words.confirmDo}</button>
          </TypedForm>
        </section>
      ) : null}
    </HeadedPage>
  );
};

/** The same confirmation as `tichet retention confirm`. */
@Pages('administrare/pastrare')
export class RetentionPagesController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @ForOfficials('ticket.forget')
  async retention(@Req() request: FastifyRequest): Promise<Answer> {
    return view(<RetentionPage look={await this.#look(request)} />);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async confirm(@Req() request: FastifyRequest): Promise<Answer> {
    const words = sentences[localeOfPage(request)].administration.retention;
    const form = formOf(request);
    const before = await this.#look(request);
    if (before.state !== 'waiting') return seeOther(path);
    const parts = fieldsFor(words, before.total);
    const faults = faultsOfFields(parts, typedInto(parts, form));
    if (faults.length > 0) return formView(<RetentionPage look={before} />, faults);
    const look = await this.#look(request, Number(form.text('due')));
    if (look.state === 'in-force') return seeOther(`${path}?facut=confirmat`);
    const message = look.outcome === 'unread' ? words.unread : words.differs({ count: look.total });
    return formView(<RetentionPage look={look} />, [{ field: 'due', message }]);
  }

  async #look(request: FastifyRequest, seen?: number): Promise<RetentionLook> {
    return answered(await lookAtRetention(this.opened, contextOf(request, this.opened.ports), seen));
  }
}
