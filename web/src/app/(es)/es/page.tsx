import Home from "@/app/(en)/page";

export default Home;
