// Rows to what a column does not have.
const NOWHERE: u32 = 0xffffffffu;
// A square of distance beyond all others: with one of them added it is no less, and finite.
const FAR: f32 = 3.0e38;
