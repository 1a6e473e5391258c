import { Field, type FieldProps } from '../parts/field.tsx';
import { RAW, type Entered } from './build-call.ts';
import { chooseControl, describeSchema, type ActionSpec, type Schema } from './read-actions.ts';

interface FormProps {
  readonly spec: ActionSpec;
  readonly entered: Entered;
  /** By name of parameter or field. */
  readonly faults: Readonly<Record<string, string>>;
  readonly onEnter: (entered: Entered) => void;
}

/** A form for an action's parameters and body, made from its schemas. */
export function ActionForm(props: FormProps) {
  const { spec, entered, faults, onEnter } = props;
  return (
    <>
      {spec.parameters.length > 0 && (
        <fieldset>
          <legend>Parameters</legend>
          {spec.parameters.map((parameter) => (
            <Entry
              key={parameter.name}
              name={parameter.name}
              schema={parameter.schema}
              hint={[parameter.description, describeSchema(parameter.schema)].filter((text) => text).join(' ')}
              isRequired={parameter.required === true}
              fault={faults[parameter.name]}
              value={entered.parameters[parameter.name] ?? ''}
              onEnter={(value) =>
                onEnter({ ...entered, parameters: { ...entered.parameters, [parameter.name]: value } })
              }
            />
          ))}
        </fieldset>
      )}
      {spec.body !== undefined && <BodyForm {...props} schema={spec.body.schema} />}
    </>
  );
}

function BodyForm({ schema, entered, faults, onEnter }: FormProps & { readonly schema: Schema }) {
  const properties = Object.entries(schema.properties ?? {});
  const isRaw = entered.raw !== undefined || properties.length === 0;
  const { raw, ...rest } = entered;
  return (
    <fieldset>
      <legend>Body</legend>
      {properties.length > 0 && (
        <label>
          <input
            type="checkbox"
            role="switch"
            checked={isRaw}
            onChange={(event) => onEnter(event.currentTarget.checked ? { ...rest, raw: toRaw(rest) } : rest)}
          />
          Write the JSON myself
        </label>
      )}
      {isRaw ? (
        <Entry
          name="JSON"
          schema={{}}
          hint="Discord ids stand between quotes."
          isRequired={false}
          fault={faults[RAW]}
          value={raw ?? ''}
          onEnter={(value) => onEnter({ ...rest, raw: value })}
        />
      ) : (
        properties.map(([name, property]) => (
          <Entry
            key={name}
            name={name}
            schema={property}
            hint={describeSchema(property)}
            isRequired={schema.required?.includes(name) === true}
            fault={faults[name]}
            value={entered.fields[name] ?? ''}
            onEnter={(value) => onEnter({ ...entered, fields: { ...entered.fields, [name]: value } })}
          />
        ))
      )}
    </fieldset>
  );
}

/** What was entered field by field, as far as it can be read. */
function toRaw({ fields }: Pick<Entered, 'fields'>): string {
  const entries = Object.entries(fields).filter(([, text]) => text !== '');
  return entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries), undefined, 2);
}

function Entry(props: {
  readonly name: string;
  readonly schema: Schema;
  readonly hint: string;
  readonly isRequired: boolean;
  readonly fault: string | undefined;
  readonly value: string;
  readonly onEnter: (value: string) => void;
}) {
  const { name, schema, hint, isRequired, fault, value, onEnter } = props;
  return (
    <Field label={isRequired ? `${name} (required)` : name} {...(hint === '' ? {} : { hint })} fault={fault}>
      {(control) => <Control control={control} schema={schema} value={value} onEnter={onEnter} />}
    </Field>
  );
}

function Control(props: {
  readonly control: FieldProps;
  readonly schema: Schema;
  readonly value: string;
  readonly onEnter: (value: string) => void;
}) {
  const { control, schema, value, onEnter } = props;
  const chosen = chooseControl(schema);
  if (chosen.kind === 'choice' || chosen.kind === 'boolean') {
    const options = chosen.kind === 'choice' ? chosen.options : ['true', 'false'];
    return (
      <select {...control} value={value} onChange={(event) => onEnter(event.currentTarget.value)}>
        <option value="">(not sent)</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  }
  if (chosen.kind === 'json') {
    return (
      <textarea
        {...control}
        rows={3}
        spellcheck={false}
        value={value}
        onInput={(event) => onEnter(event.currentTarget.value)}
      />
    );
  }
  const common = {
    ...control,
    spellcheck: false,
    value,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onEnter(event.currentTarget.value),
  };
  return chosen.kind === 'number' ? (
    <input {...common} type="number" />
  ) : (
    <input {...common} type="text" autocomplete="off" />
  );
}
