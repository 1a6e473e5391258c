/** The head of an end user's page, as far as the operator makes it. */
export function BrandPreview(props: { readonly name: string; readonly color: string; readonly logo: string | null }) {
  const { name, color, logo } = props;
  return (
    <figure class="preview">
      <svg class="stripe" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="1" fill={color} />
      </svg>
      <p class="buttons">
        {logo !== null && <img class="logo" src={logo} alt="Your logo" />}
        <strong class="break">
          <bdi>{name.trim() === '' ? 'No name: pages speak of “the app”' : name}</bdi>
        </strong>
      </p>
      <figcaption class="hint">
        The top of your users' pages. Links and buttons have your colour too, a little darker or lighter where it could
        not be read.
      </figcaption>
    </figure>
  );
}
