import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { retentionConfirmed } from '../../../application/privacy/retention';
import type { PersonalClass } from '../../../domain/retention/retention';
import type { Locale } from '../../../domain/ticket/facts';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { sentences } from '../../phrasing/sentences';
import { waysToCentre } from '../../phrasing/words/information-centre';
import { periodInWords, plainDate } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { daysAboutTicket, minutesADay } from '../forms/form-drafts';
import { languageKeptDays } from '../language/language.controller';
import { livesMinutes } from '../session/sessions';

const minutesAnHour = 60;

const labelNames = ['why', 'ground', 'seenBy', 'kept'] as const;
type Labels = Readonly<Record<(typeof labelNames)[number], string>>;
/** `rows`: one kind of data each, with what is to be said of it. `links`: texts by address. */
type StatementSection = {
  readonly title: string;
  readonly texts?: readonly string[];
  readonly list?: readonly string[];
  readonly rows?: readonly (Labels & { readonly title: string })[];
  readonly links?: Readonly<Record<string, string>>;
};
type Statement = {
  readonly title: string;
  readonly lead: string;
  readonly labels?: Labels;
  readonly sections: Readonly<Record<string, StatementSection>>;
};

/** The day on which both statements were last compared with the software. */
export const statementDate = '2026-11-27';

const Section = ({
  id,
  labels,
  title,
  texts = [],
  list = [],
  rows = [],
  links = {},
}: StatementSection & { readonly id: string; readonly labels: Labels | undefined }): VNode => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {texts.map((text) => (
      <p>{text}</p>
    ))}
    {list.length === 0 ? null : (
      <ul>
        {list.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    )}
    {rows.map((row) => (
      <div class="card">
        <h3>{row.title}</h3>
        <dl class="readings">
          {labelNames.map((name) => (
            <div>
              <dt>{labels?.[name]}</dt>
              <dd>{row[name]}</dd>
            </div>
          ))}
        </dl>
      </div>
    ))}
    {Object.keys(links).length === 0 ? null : (
      <ul class="article-links">
        {Object.entries(links).map(([href, text]) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** A statement that the law asks of public sites. */
const StatementPage = ({ statement: { title, lead, labels, sections } }: { readonly statement: Statement }): VNode => (
  <HeadedPage title={title} side="public" lead={lead}>
    {Object.entries(sections).map(([id, section]) => (
      <Section id={id} labels={labels} {...section} />
    ))}
  </HeadedPage>
);

/** What the law asks of a public site: accessibility (O.U.G. 112/2018) and personal data (GDPR Art. 13 and 14), true to what this software does. */
@Pages()
export class StatementsController {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get('accesibilitate')
  @ForAnybody()
  accessibility(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, 'accessibility');
  }

  @Get('date-personale')
  @ForAnybody()
  personalData(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, 'personalData');
  }

  async #show(request: FastifyRequest, about: 'accessibility' | 'personalData'): Promise<Answer> {
    const statements = await this.#filled(localeOfPage(request));
    return view(<StatementPage statement={statements[about]} />);
  }

  /** The periods of this installation in words, and whether anything is erased by them. */
  async #retained(locale: Locale) {
    const { retention } = this.opened;
    const kept = (name: PersonalClass): string => {
      const period = retention?.[name] ?? null;
      return period === null ? 'never' : periodInWords(period, locale);
    };
    const inForce = retention === undefined ? 'no' : (await retentionConfirmed(this.ports)) ? 'yes' : 'waiting';
    return {
      inForce,
      contact: kept('contact'),
      names: kept('names'),
      conclusions: kept('conclusions'),
      letters: kept('letters'),
      outbox: kept('outbox'),
      readings: kept('readings'),
    };
  }

  /** Who is given something of them, as this installation is set up. */
  get #recipients() {
    const { video, mailer, documents, requests } = this.ports;
    const isKeptHere = this.opened.settings.smtpUrl === undefined && mailer.kept !== undefined;
    return { video: video.kind, mail: isKeptHere ? 'files' : 'server', documents: documents.kind ?? 'given', requests: requests.kind };
  }

  async #filled(locale: Locale) {
    const { cityHall, policies } = this.ports;
    return filled(sentences[locale].statements, {
      address: cityHall.meetingPlace,
      site: cityHall.publicUrl,
      officer: cityHall.dataProtectionOfficer ?? 'none',
      centre: waysToCentre(cityHall.informationCentre, locale) || 'none',
      recordingDays: policies['recording-period'].value?.days ?? 0,
      sessionHours: livesMinutes / minutesAnHour,
      languageDays: languageKeptDays,
      draftHours: minutesADay / minutesAnHour,
      draftDays: daysAboutTicket,
      ...this.#recipients,
      lookupMinutes: policies['lookup-throttle'].value.minutes,
      date: plainDate(statementDate, locale),
      ...(await this.#retained(locale)),
    });
  }
}
