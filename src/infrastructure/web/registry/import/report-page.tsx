import type { VNode } from 'preact';
import { Document } from '../../page/document';
import type { PageContext } from '../../page/page-context';
import { Heading } from '../../parts/heading';
import { numberInWords } from '../../../phrasing/words/counted';
import { dateAndHour } from '../../../phrasing/words/dates';
import { NumberedPages, pageOf } from '../numbered-pages';
import type { KeptReport } from '../reports/kept-report';
import { importPlaces } from './places';
import { sentences } from '../../../phrasing/sentences';

type Kept = Extract<KeptReport, { readonly kind: 'import' }>;
const faultsPerPage = 50;

const Faults = ({
  context,
  report,
  here,
  asked,
}: {
  context: PageContext;
  report: Kept['report'];
  here: string;
  asked: unknown;
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.import;
  const { shown, page, pages } = pageOf(report.faults, asked, faultsPerPage);
  return (
    <section aria-labelledby="greseli">
      <h2 id="greseli">{words.faults({ count: report.faults.length + report.faultsLeftOut })}</h2>
      {report.faultsLeftOut === 0 ? null : <p>{words.leftOut({ count: report.faultsLeftOut })}</p>}
      <p>
        <a href={`${here}/greseli.csv`}>{words.download}</a>
      </p>
      <table class="faults">
        <thead>
          <tr>
            <th scope="col" class="numeric">
              {words.line}
            </th>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.message}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, field, message }) => (
            <tr>
              <td class="numeric">{numberInWords(line, locale)}</td>
              <td>{field === undefined ? null : <code>{field}</code>}</td>
              <td>{message[locale]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <NumberedPages context={context} path={here} page={page} pages={pages} />
    </section>
  );
};

/** What came of a file. It is kept for its own page: looking again, or reloading, imports nothing again. */
export const ImportReportPage = ({
  context,
  id,
  kept: { what, at, report },
  asked,
}: {
  readonly context: PageContext;
  readonly id: string;
  readonly kept: Kept;
  readonly asked: unknown;
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.import;
  const { path, back } = importPlaces[what];
  const { lines, imported, faults } = report;
  const isGood = faults.length === 0;
  return (
    <Document context={context} title={words.reportTitle} side="office">
      <Heading back={{ href: back, text: words.back[what] }} lead={dateAndHour(at, locale)}>
        {words.reportTitle}
      </Heading>
      <div
        class={`notice ${imported === 0 ? 'notice-bad' : isGood ? 'notice-good' : 'notice-warn'}`}
        role="status"
        tabIndex={-1}
        data-focus
      >
        <p>
          <strong>{words.outcome({ imported: numberInWords(imported, locale), lines: numberInWords(lines, locale) })}</strong>
        </p>
        <p>{isGood ? (lines === 0 ? words.empty : `${words.allIn} ${words.again}`) : imported === 0 ? words.noneIn : words.someIn}</p>
      </div>
      {isGood ? null : <Faults context={context} report={report} here={`${path}/${id}`} asked={asked} />}
      <p class="actions">
        <a class="button second" href={path}>
          {isGood ? words.another : words.mend}
        </a>
      </p>
    </Document>
  );
};
