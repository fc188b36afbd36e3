import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import type { PersonToTry } from './people-to-try';
import type { RequestToTry } from './requests-to-try';
import { RolesToTry } from './roles-to-try';
import { sentences } from '../../phrasing/sentences';

export type HomeParts = {
  readonly context: PageContext;
  readonly people: readonly PersonToTry[];
  readonly toTry: readonly RequestToTry[];
};

/** How a blue ticket goes, from the form to the resolution; the procedure has it article by article. */
const Course = ({ context: { locale } }: Pick<HomeParts, 'context'>): VNode => (
  <section aria-labelledby="pasi">
    <h2 id="pasi">{sentences[locale].home.courseTitle}</h2>
    <ol class="course">
      {sentences[locale].home.course.map(({ title, text }) => (
        <li>
          <strong>{title}</strong> {text}
        </li>
      ))}
    </ol>
  </section>
);

/** The first page: what it is, what it takes and where it begins; where people try it out, who can do what before all else. */
export const HomePage = ({ context, people, toTry }: HomeParts): VNode => {
  const words = sentences[context.locale].home;
  return (
    <Document context={context} title={words.title} side="public">
      <Heading lead={words.lead}>{words.title}</Heading>
      <p class="actions">
        <a class="button" href="/programare">
          {words.start}
        </a>
        <a href="/tichet">{words.mine}</a>
        {context.development ? <a href="#roluri">{words.tryTitle}</a> : <a href="/intra">{words.officials}</a>}
      </p>
      {context.development ? <RolesToTry context={context} people={people} toTry={toTry} /> : null}
      <h2>{words.needs}</h2>
      <ul>
        {words.needed.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
      <p>{words.howLong}</p>
      <Course context={context} />
      <p>
        <a href="/procedura">{words.procedure}</a>
        {context.development ? (
          <>
            {' '}
            · <a href="/intra">{words.officials}</a>
          </>
        ) : null}
      </p>
    </Document>
  );
};
