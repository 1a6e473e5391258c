import { buildPermissions, COMMON_PERMISSIONS, parsePermissions } from './permission-number.ts';

/** Adds Discord's number up. What is in it already and not in the list stays. */
export function PermissionChooser(props: { readonly value: string; readonly onChoose: (value: string) => void }) {
  const bits = parsePermissions(props.value);
  if (bits === undefined) return null;
  return (
    <details>
      <summary>Add the number up from a list</summary>
      <fieldset>
        <legend>In servers that it joins the bot may</legend>
        {COMMON_PERMISSIONS.map((permission) => (
          <label key={permission.name} class="choice">
            <input
              type="checkbox"
              checked={(bits & permission.bit) !== 0n}
              onChange={(event) => props.onChoose(buildPermissions(bits, permission, event.currentTarget.checked))}
            />
            <span>
              {permission.words} <span class="quiet">{permission.name}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
