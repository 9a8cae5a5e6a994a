pub fn draw(t: &str, w: usize, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let _ = w;
    write!(out, "{t}")
}
