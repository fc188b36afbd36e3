import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import type { Statement, StatementSection } from './statement';

const Section = ({ id, title, texts = [], list = [], rows = [], links = [] }: StatementSection): VNode => (
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
          {row.texts.map(([label, text]) => (
            <div>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    ))}
    {links.length === 0 ? null : (
      <ul class="article-links">
        {links.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** A statement that the law asks of public sites. */
export const StatementPage = ({
  context,
  statement: { title, lead, sections },
}: {
  readonly context: PageContext;
  readonly statement: Statement;
}): VNode => (
  <Document context={context} title={title} side="public">
    <Heading lead={lead}>{title}</Heading>
    {sections.map((section) => (
      <Section {...section} />
    ))}
  </Document>
);
