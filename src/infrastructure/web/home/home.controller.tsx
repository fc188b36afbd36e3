import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageService } from '../page/page-service';
import { peopleToTry, type PersonToTry } from './people-to-try';
import { type Answer, view } from '../page/answer';
import { lookupRequest } from '../../../application/requests/lookup-request';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { Development } from '../../config/settings';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { Enter } from './enter';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { plainDate } from '../../phrasing/words/dates';
import { PlainForm } from '../forms/forms-view';

type RequestToTry = Development['toTry'][number];

/** What a citizen would type at the first step (Art. 3 b), filled in: the name goes in the form, never in an address. */
const fieldsOf = ({ number, filedOn, name }: RequestToTry): readonly (readonly [string, string])[] => [
  ['requestNumber', number],
  ['applicantName', name],
  ['day', String(Number(filedOn.slice(8)))],
  ['month', String(Number(filedOn.slice(5, 7)))],
  ['year', filedOn.slice(0, 4)],
];

/** Registered requests, each with one click that begins with it, and with what to copy for a visitor who wants to type. */
const RequestsToTry = ({ toTry }: { readonly toTry: readonly RequestToTry[] }): VNode => {
  const { locale } = usePage();
  const words = useWords().home;
  return (
    <ul class="people">
      {toTry.map((request) => (
        <li>
          <span>
            {request.name}
            <small>{`${words.number} ${request.number}, ${words.filedOn} ${plainDate(request.filedOn, locale)}`}</small>
          </span>
          <PlainForm action="/programare/cerere">
            {fieldsOf(request).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <button>
              {words.tryIt}
              <span class="unseen">{` ${words.withRequest} ${request.number}`}</span>
            </button>
          </PlainForm>
        </li>
      ))}
    </ul>
  );
};

/** Who can do what, each with the click that leads there. */
const RolesToTry = ({ people, toTry }: { readonly people: readonly PersonToTry[]; readonly toTry: readonly RequestToTry[] }): VNode => {
  const words = useWords().home;
  return (
    <section aria-labelledby="roluri" class="try">
      <h2 id="roluri">{words.tryTitle}</h2>
      <p>{words.tryLead}</p>
      <div class="cards">
        <article class="card">
          <h3>{words.citizenTitle}</h3>
          <p>{words.citizenText}</p>
          <RequestsToTry toTry={toTry} />
        </article>
        <article class="card">
          <h3>{words.staffTitle}</h3>
          <p>{words.staffText}</p>
          <ul class="people">
            {people.map(({ staffId, role, name, department }) => (
              <li>
                <span>
                  {name} <small>{role === 'head' ? `${words.head}, ${department}` : department}</small>
                </span>
                <Enter role={role} staffId={staffId} text={words.enter} about={`${words.as} ${name}`} />
              </li>
            ))}
          </ul>
        </article>
      </div>
      <div class="others">
        {(['auditor', 'reports', 'registry', 'admin'] as const).map((role) => (
          <article class="card">
            <h3>{words.others[role].title}</h3>
            <p>{words.others[role].text}</p>
            <Enter role={role} text={words.enter} about={`${words.as} ${words.others[role].title}`} />
          </article>
        ))}
        <article class="card">
          <h3>{words.lettersTitle}</h3>
          <p>{words.lettersText}</p>
          <p>
            <a class="button second" href="/dev/mailbox">
              {words.letters}
            </a>
          </p>
        </article>
      </div>
    </section>
  );
};

type HomeParts = {
  readonly people: readonly PersonToTry[];
  readonly toTry: readonly RequestToTry[];
};

/** How a blue ticket goes, from the form to the resolution; the procedure has it article by article. */
const Course = (): VNode => (
  <section aria-labelledby="pasi">
    <h2 id="pasi">{useWords().home.courseTitle}</h2>
    <ol class="course">
      {useWords().home.course.map(({ title, text }) => (
        <li>
          <strong>{title}</strong> {text}
        </li>
      ))}
    </ol>
  </section>
);

/** The first page: what it is, what it takes and where it begins; where people try it out, who can do what before all else. */
const HomePage = ({ people, toTry }: HomeParts): VNode => {
  const context = usePage();
  const words = useWords().home;
  return (
    <HeadedPage title={words.title} side="public" lead={words.lead}>
      <p class="actions">
        <a class="button" href="/programare">
          {words.start}
        </a>
        <a href="/tichet">{words.mine}</a>
        {context.development ? <a href="#roluri">{words.tryTitle}</a> : <a href="/intra">{words.officials}</a>}
      </p>
      {context.development ? <RolesToTry people={people} toTry={toTry} /> : null}
      <h2>{words.needs}</h2>
      <ul>
        {words.needed.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
      <p>{words.howLong(leadTimeInWords(context.policies['lead-time'].value))}</p>
      <Course />
      <p>
        <a href="/procedura">{words.procedure}</a>
        {context.development ? (
          <>
            {' '}
            · <a href="/intra">{words.officials}</a>
          </>
        ) : null}
      </p>
    </HeadedPage>
  );
};

/** Of the requests to try, those with which a citizen can still begin: not erased, and with no ticket under way. */
const stillOpen = async (ports: Ports, toTry: Development['toTry']): Promise<Development['toTry']> => {
  const lookup = lookupRequest(ports);
  const at = ports.clock.now();
  const found = await Promise.all(
    toTry.map(async ({ number, filedOn, name }) => !isRefusal(await lookup({ requestNumber: number, applicantName: name, filedOn, at }))),
  );
  return toTry.filter((_, place) => found[place]);
};

/** The first page: what the blue ticket is and where it begins; where people try it out, who can do what. */
@Pages()
export class HomeController {
  constructor(
    private readonly pages: PageService,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async home(@Req() request: FastifyRequest): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const development = context.development ? this.opened.development : undefined;
    const people = development === undefined ? [] : await peopleToTry(this.ports);
    const toTry = await stillOpen(this.ports, development?.toTry ?? []);
    return view(<HomePage people={people} toTry={toTry} />);
  }
}
