import type { VNode } from 'preact';
import type { KnownDepartment, NamedStaff } from '../../../application/staff/staff-directory';
import { useWords } from '../page/page-context';
import { Select, TextField } from './fields';
import type { PersonMeant } from './person-meant';

/** Whom a field may mean, each with the way to the list of theirs. */
export const PeopleChoices = ({
  people,
  hrefOf,
}: {
  readonly people: readonly NamedStaff[];
  readonly hrefOf: (staffId: string) => string;
}): VNode | null => {
  const words = useWords().audit.list;
  if (people.length === 0) return null;
  return (
    <section class="choices" aria-labelledby="care">
      <h3 id="care">{words.chooseOne}</h3>
      <ul>
        {people.map(({ staffId, name, department }) => (
          <li>
            <a href={hrefOf(staffId)}>
              <bdi>{name}</bdi>
            </a>{' '}
            <small>
              <bdi>{department}</bdi> · <bdi>{staffId}</bdi>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Whose rows a list shows: of a department, where there are several to choose from, and of a person by name or id. */
export const WhoseFields = ({
  departments,
  department,
  person: { typed, people },
  hrefOf,
}: {
  readonly departments: readonly KnownDepartment[];
  readonly department: string;
  readonly person: PersonMeant;
  readonly hrefOf: (staffId: string) => string;
}): VNode => {
  const words = useWords().audit.list;
  return (
    <>
      {departments.length === 0 ? null : (
        <Select
          name="serviciu"
          label={words.department}
          value={department}
          options={[
            { value: '', label: words.anyDepartment },
            ...departments.map((one) => ({ value: one.departmentCode, label: one.department })),
          ]}
        />
      )}
      <TextField name="functionar" label={words.staffId} value={typed} autocomplete="off" spellcheck={false} />
      <PeopleChoices people={people} hrefOf={hrefOf} />
    </>
  );
};
