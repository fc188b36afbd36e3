import type { ComponentChildren, VNode } from 'preact';
import { assetPaths } from '../assets/assets';
import { DoneNotice, Heading, type HeadingParts } from '../parts/heading';
import { ErrorSummary, useFaults } from '../parts/fields';
import { InformationCentreLine } from '../parts/information-centre';
import { usePage, useParameter, useWords } from './page-context';
import { navigationOf } from './navigation';
import { languages, saidOf, sentences } from '../../phrasing/sentences';

export type DocumentParts = {
  /** of the page, without the name of the service */
  readonly title: string;
  /** `office`: dark header with what the role may open; `public`: the citizen's */
  readonly side: 'public' | 'office';
  /** what only charts, or the operator's page, need: no other page waits for it */
  readonly sheet?: 'charts' | 'service' | undefined;
  readonly children: ComponentChildren;
};

const Header = ({ side }: Pick<DocumentParts, 'side'>): VNode => {
  const context = usePage();
  const words = useWords().frame;
  const { official } = context;
  const path = context.url.split('?')[0] ?? '/';
  return (
    <header class={side === 'office' ? 'top top-office' : 'top'}>
      <div class="bar">
        <a class="brand" href="/">
          <img src={assetPaths().logo} width="36" height="24" alt="" />
          <span>Tichet albastru</span>
        </a>
        {side === 'public' ? <span class="city">{words.cityHall}</span> : null}
        {side === 'office' && official ? (
          <nav class="menu" aria-label={words.menu}>
            {navigationOf(official.role).map(({ href, label }) => (
              <a href={href} aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}>
                {label[context.locale]}
              </a>
            ))}
          </nav>
        ) : null}
        <div class="aside">
          {official && side === 'office' ? (
            <form method="post" action="/intra/iesire" class="who">
              <span>
                <a href="/intra/sesiuni">
                  {[official.name ?? words.roles[official.role], official.department].filter(Boolean).join(' · ')}
                </a>
              </span>
              <button class="link">{words.signOut}</button>
            </form>
          ) : null}
          <nav class="languages" aria-label={words.language}>
            {languages.map((locale) =>
              locale === context.locale ? (
                <strong lang={locale}>{sentences[locale].frame.itself}</strong>
              ) : (
                <a href={`/limba/${locale}?spre=${encodeURIComponent(context.url)}`} lang={locale} hreflang={locale}>
                  {sentences[locale].frame.itself}
                </a>
              ),
            )}
          </nav>
        </div>
      </div>
    </header>
  );
};

/** The frame of every page: header, what it is about, footer. Where its form has faults the title says so first. */
export const Document = ({ title, side, sheet, children }: DocumentParts): VNode => {
  const words = useWords().frame;
  const isFaulty = useFaults().length > 0;
  return (
    <html lang={usePage().locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${isFaulty ? words.fault : ''}${title} – Tichet albastru`}</title>
        <meta name="description" content={words.description} />
        <link rel="icon" type="image/svg+xml" href={assetPaths().logo} />
        <link rel="stylesheet" href={assetPaths().style} />
        {sheet === undefined ? null : <link rel="stylesheet" href={assetPaths()[sheet]} />}
        <script src={assetPaths().script} defer></script>
      </head>
      <body>
        <a class="skip" href="#continut">
          {words.skip}
        </a>
        <Header side={side} />
        <main id="continut" class={side === 'office' ? 'wide' : 'narrow'} tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <p>
            {words.cityHall} · Calea Moților 3 · <a href="/procedura">{words.procedure}</a> ·{' '}
            <a href="/accesibilitate">{words.accessibility}</a> · <a href="/date-personale">{words.personalData}</a>
          </p>
          {side === 'public' ? <InformationCentreLine /> : null}
        </footer>
      </body>
    </html>
  );
};

/** A page with one heading: what is wrong with its form, what was just done, the way back, its name. */
export const HeadedPage = ({
  title,
  side = 'office',
  summary,
  labels,
  done,
  heading = title,
  sheet,
  children,
  ...parts
}: Omit<DocumentParts, 'side'> &
  Omit<HeadingParts, 'children'> & {
    readonly side?: DocumentParts['side'];
    /** what stands over the faults; with `labels`, each names its field */
    readonly summary?: string;
    readonly labels?: Readonly<Record<string, string>>;
    /** what was just done; or what is said of each thing that can be done here, by its word in `?facut=` */
    readonly done?: string | Readonly<Record<string, string>> | undefined;
    /** where it says more than the title of the window */
    readonly heading?: ComponentChildren;
  }): VNode => (
  <Document title={title} side={side} sheet={sheet}>
    {summary === undefined ? null : <ErrorSummary title={summary} labels={labels} />}
    <DoneNotice text={typeof done === 'object' ? saidOf(done, useParameter('facut')) : done} />
    <Heading {...parts}>{heading}</Heading>
    {children}
  </Document>
);
