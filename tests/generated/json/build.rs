fn main() -> Result<(), djq_build::Error> {
    djq_build::compile("../queries")
}
