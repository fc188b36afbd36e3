import type { VNode } from 'preact';
import { telephoneLink } from '../../phrasing/words/information-centre';
import { usePage, useWords } from '../page/page-context';

/** Who helps, with ways that can be pressed: in the foot of citizens’ pages, and beside what went wrong. Nothing where nothing is set. */
export const InformationCentreLine = ({ asks = false }: { /** something went wrong */ readonly asks?: boolean }): VNode | null => {
  const { informationCentre, locale } = usePage();
  const words = useWords().frame.informationCentre;
  if (informationCentre === undefined) return null;
  const { phone, email, address, hours } = informationCentre;
  const ways = [
    ...(phone === undefined
      ? []
      : [
          <>
            {words.phoneLabel} <a href={telephoneLink(phone)}>{phone}</a>
          </>,
        ]),
    ...(email === undefined ? [] : [<a href={`mailto:${email}`}>{email}</a>]),
    ...[address, hours?.[locale]].filter((way) => way !== undefined),
  ];
  return (
    <p>
      {asks ? words.help : `${words.name}:`} {ways.map((way, index) => (index === 0 ? way : <>, {way}</>))}
    </p>
  );
};
