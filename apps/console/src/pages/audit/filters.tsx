import { useAddress } from '../../address/address.js';
import { useIncidents, useMembers } from '../../data/queries.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextField } from '../../parts/field.js';
import { eventWords, strings } from '../../strings/audit.js';
import css from './audit.module.css';
import { asLocal, FILTERS, fromLocal } from './filter.js';

const CLEARED = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** The filters for changes. They are in the address, so that it can be shared. */
export function Filters({ isSet }: { readonly isSet: boolean }) {
  const { parameter, change } = useAddress();
  const { data: members = [] } = useMembers();
  const { data: incidents = [] } = useIncidents();
  const choose = (name: (typeof FILTERS)[number]) => ({
    value: parameter(name) ?? '',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      change({ [name]: event.target.value }),
  });
  return (
    <search className={css['filters']} aria-label={strings.filters}>
      <SelectField label={strings.member} {...choose('member')}>
        <option value="">{strings.anyone}</option>
        {members.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label={strings.what} {...choose('what')}>
        <option value="">{strings.anything}</option>
        {Object.entries(eventWords).map(([group, types]) => (
          <optgroup key={group} label={group}>
            <option value={group}>{strings.allOf(group)}</option>
            {Object.entries(types).map(([type, word]) => (
              <option key={type} value={type}>
                {word}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SelectField label={strings.incident} {...choose('incident')}>
        <option value="">{strings.anyIncident}</option>
        {incidents.map(({ id, title }) => (
          <option key={id} value={id}>
            {title ?? id}
          </option>
        ))}
      </SelectField>
      {(['from', 'to'] as const).map((name) => (
        <TextField
          key={name}
          label={strings[name]}
          type="datetime-local"
          value={asLocal(parameter(name))}
          onChange={(event) => change({ [name]: fromLocal(event.target.value) })}
        />
      ))}
      {isSet && (
        <Button className={css['clear']} onClick={() => change(CLEARED)}>
          {strings.clear}
        </Button>
      )}
    </search>
  );
}
