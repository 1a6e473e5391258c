export default function setup(): void {
  // Grows with the suite.
}
