import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { filledStatements } from './filled-statements';
import { ForAnybody, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';

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
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

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
    const statements = await filledStatements(this.opened, localeOfPage(request));
    return view(<StatementPage statement={statements[about]} />);
  }
}
